"""What must be handed in before a case is opened, and has not been."""

from __future__ import annotations

from policy.facts import UNSURE, Facts
from policy.verdict import Verdict


def evidence_of(facts: Facts, verdict: Verdict) -> tuple[str, ...]:
    """R.process.1, I.damaged-on-arrival, W.apply, W.need.troubleshooting, W.need.defect: what is still to come.

    It never changes the outcome.
    """
    if verdict.outcome not in ("eligible", "needs_review") or verdict.route == "cancel":
        return ()
    has_photos = isinstance(facts.claim_photos, int) and facts.claim_photos > 0
    wanted = [] if has_photos else ["photos"]
    if verdict.route == "warranty":
        wanted += [] if facts.claim_troubleshooting_done is True else ["troubleshooting"]
        is_described = _is_given(facts.claim_serial_number) or _is_given(facts.claim_defect_description)
        wanted += [] if is_described else ["serial_number_or_description"]
    return tuple(wanted)


def _is_given(text: str | None) -> bool:
    return text is not None and text != UNSURE and bool(text.strip())
