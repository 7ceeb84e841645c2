"""A case as text for staff: where it stands, by when what is due, what was decided and what happened. No names."""

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from support.cases.case_file import CaseFile, ItemFile
from support.cases.case_list import CaseRow
from support.conversations.dates import LAST_TO_END

EFFECTS = {"for": "+", "against": "-", "condition": "*"}


def case_sheet(file: CaseFile) -> str:
    """The case on a page."""
    return "\n".join((*_head(file), *(line for item in file.items for line in _item(item)), *_moves(file)))


def case_line(row: CaseRow) -> str:
    """The case in one line."""
    due = ""
    if row.deadline:
        late = "  OVERDUE" if row.deadline.overdue else ""
        due = f"{row.deadline.due} by {row.deadline.last_day}{late}"
    items = ", ".join(row.items)
    return f"{row.number}  {row.state:<13}  {row.order_number or '-':<10}  {row.what}: {items}  {due}".rstrip()


def _head(file: CaseFile) -> Iterator[str]:
    rows = [
        ("Case", f"{file.number}, {file.state}"),
        ("Order", file.order_number or "none"),
        ("Opened", _clock(file.opened_at, file)),
        ("Time zone", file.timezone or "unknown: days end at UTC-12"),
        ("Policy", file.policy_version),
    ]
    if file.deadline:
        late = ", OVERDUE" if file.deadline.overdue else ""
        rows.append(("Due", f"{file.deadline.due} by {file.deadline.last_day} ({file.deadline.whose}){late}"))
    rows += [(name.replace("_", " ").capitalize(), day) for name, day in file.dates.as_json().items()]
    return (f"{label + ':':18}{value}" for label, value in rows)


def _item(item: ItemFile) -> Iterator[str]:
    decision = item.decision
    yield f"Item {item.position + 1}: {item.name}"
    yield f"  {decision.get('route')}: {decision['outcome']}" + (f", ended as {item.result}" if item.result else "")
    for reason in decision.get("reasons", ()):
        yield f"  {EFFECTS[reason['effect']]} {reason['text']} [{reason['clause']}]"
    for fact in item.facts:
        if fact.source in ("agent", "customer"):
            was = f", was {fact.before!r}" if fact.before is not None else ""
            yield f"  {fact.name} = {fact.value!r} ({fact.source}{was})"
    for entry in item.evidence:
        yield f"  {'[x]' if entry.handed_in else '[ ]'} {entry.name}"


def _moves(file: CaseFile) -> Iterator[str]:
    for move in file.moves:
        why = "; ".join(filter(None, (", ".join(move.clauses), move.reason)))
        by = move.actor_name or move.actor
        yield f"{_clock(move.at, file)}  {move.previous} -> {move.state}  {by}" + (f"  ({why})" if why else "")


def _clock(at: datetime, file: CaseFile) -> str:
    local = at.astimezone(ZoneInfo(file.timezone) if file.timezone else LAST_TO_END)
    return f"{local:%Y-%m-%d %H:%M} {local:%z}"
