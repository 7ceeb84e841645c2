"""Answers that are given often, with their gaps filled for one conversation."""

from dataclasses import dataclass

from django.contrib.auth.models import AbstractBaseUser

from support.cases.models import Case
from support.cases.wording import day
from support.conversations.models import Conversation
from support.conversations.ownership import shown_name
from support.desk.models import CannedAnswer

UNKNOWN = "…"  # a gap that this conversation cannot fill: the agent does


class Gaps(dict[str, str]):
    def __missing__(self, name: str) -> str:
        return UNKNOWN


@dataclass(frozen=True)
class Canned:
    title: str
    text: str


def canned_for(conversation: Conversation, agent: AbstractBaseUser) -> list[Canned]:
    """{agent}, {case}, {order}, {item} and {answer_by} are filled from the newest case of the conversation."""
    case = Case.objects.filter(conversation=conversation.pk).order_by("-opened_at").first()
    gaps = Gaps(agent=shown_name(agent))
    if case:
        item = case.items.first()
        known = {
            "case": case.number,
            "order": case.order_number,
            "item": item.name if item else "",
            "answer_by": day(case.review_by),
        }
        gaps.update({name: value for name, value in known.items() if value})
    return [Canned(answer.title, _filled(answer.text, gaps)) for answer in CannedAnswer.objects.all()]


def _filled(text: str, gaps: Gaps) -> str:
    """The text itself where its braces are no gaps."""
    try:
        return text.format_map(gaps)
    except (ValueError, IndexError, AttributeError, KeyError):
        return text
