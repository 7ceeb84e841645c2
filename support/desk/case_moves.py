"""What an agent does with a case: one act of its service each, the customer told in the conversation."""

import uuid
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from policy import BadFacts, Finding
from support.cases import services
from support.cases.models import Case, CaseItem
from support.conversations.ownership import shown_name
from support.desk import audit
from support.desk.doors import is_part, needs, refuse
from support.desk.fact_words import read_changes
from support.desk.roles import ACT

ANSWERS = {"": None, "true": True, "false": False}
Form = Any


@needs(ACT, "POST")
def move(request: HttpRequest, number: str, move: str) -> HttpResponse:
    """One step of a case. `key` of the form makes a second press harmless."""
    case, form = Case.objects.get(number=number), request.POST
    if move not in MOVES:
        return refuse(request, 404, "There is no such step", move)
    try:
        act = services.Act(
            services.agent(request.user.get_username(), shown_name(request.user)),
            timezone.now(),
            f"desk:{uuid.UUID(form.get('key', ''))}",
        )
        MOVES[move](case, act, form)
    except services.MoveNotAllowed:
        return refuse(request, 409, "The case has moved on", "Somebody was quicker. Look at it once more.")
    except (services.BadRequest, BadFacts) as error:
        return refuse(request, 400, "That is not complete yet", str(error))
    except ValueError:
        return refuse(request, 400, "That is not complete yet", "Please load the page again.")
    audit.record(request.user, f"case: {move.replace('-', ' ')}", case.conversation, case.number)
    return HttpResponse(status=204) if is_part(request) else redirect("conversation", case.conversation)


def _approve(case: Case, act: services.Act, form: Form) -> None:
    without = {item.position: form[f"without_{item.position}"] for item in _items(case, form, "without")}
    services.approve(
        case.number,
        act,
        reason=form.get("reason", ""),
        goods=ANSWERS.get(form.get("goods", "")),
        remedy=form.get("remedy") or None,
        freight=form.get("freight") or None,
        without=without,
        message=form.get("message", ""),
    )


def _refuse(case: Case, act: services.Act, form: Form) -> None:
    services.refuse(case.number, act, reason=form.get("reason", ""), message=form.get("message", ""))


def _inspect(case: Case, act: services.Act, form: Form) -> None:
    sent_in = [item for item in case.items.all() if item.result != CaseItem.Result.REFUSED]
    findings = {item.position: _finding(form, item.position) for item in sent_in}
    services.inspect(case.number, act, findings, reason=form.get("reason", ""))


def _finding(form: Form, position: int) -> Finding:
    def answer(name: str) -> bool | None:
        return ANSWERS.get(form.get(f"{name}_{position}", ""))

    return Finding(
        fault_found=answer("fault_found"),
        right_item=answer("right_item") is not False,
        unused=answer("unused"),
        packaging_complete=answer("packaging_complete"),
        contents_complete=answer("contents_complete"),
        gift_returned=answer("gift_returned"),
        damage_cause=form.get(f"damage_cause_{position}") or None,
    )


def _settle(case: Case, act: services.Act, form: Form) -> None:
    services.settle(
        case.number,
        act,
        remedies={item.position: form[f"remedy_{item.position}"] for item in _items(case, form, "remedy")},
        amounts={item.position: form[f"amount_{item.position}"] for item in _items(case, form, "amount")},
        reason=form.get("reason", ""),
        message=form.get("message", ""),
    )


def _change_fact(case: Case, act: services.Act, form: Form) -> None:
    item = case.items.get(position=int(form.get("item", "0")))
    services.change_fact(case.number, item.position, read_changes(form, item.facts), act, reason=form.get("reason", ""))


def _items(case: Case, form: Form, name: str) -> list[CaseItem]:
    """The items for which this field of the form was filled in."""
    return [item for item in case.items.all() if form.get(f"{name}_{item.position}", "").strip()]


def _plain(service: Callable[..., Any]) -> Callable[[Case, services.Act, Form], None]:
    return lambda case, act, form: service(case.number, act, reason=form.get("reason", ""))


MOVES: dict[str, Callable[[Case, services.Act, Form], None]] = {
    "approve": _approve,
    "refuse": _refuse,
    "await-goods": _plain(services.await_goods),
    "receive": _plain(services.receive),
    "inspect": _inspect,
    "settle": _settle,
    "withdraw": _plain(services.withdraw),
    "close": _plain(services.close),
    "reopen": _plain(services.reopen),
    "change-fact": _change_fact,
}
