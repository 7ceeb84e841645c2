"""What progress wants said before the next question."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from actions.fact_slots import CLAIM_FACTS, ELSEWHERE, slot_of
from policy import Decision

# What a customer can take back, said in one line when it happens.
CORRECTABLE = ("request", "order_number", "order_lines", "order_delivered_on", *(slot_of(fact) for fact in CLAIM_FACTS))


@dataclass(frozen=True)
class Standing:
    """Where an item stands: eligible, for a person, or refused."""

    decision: Decision
    item_name: str | None


@dataclass(frozen=True)
class About:
    """The thing the next questions are about, where there are several. is_first: right after all were named."""

    item_name: str
    is_first: bool = False


@dataclass(frozen=True)
class Found:
    """The order is proven, and these are the things of it that it is about."""

    order_number: str
    item_names: tuple[str, ...]


@dataclass(frozen=True)
class Queued:
    """Another thing of the order, named meanwhile: its turn comes later."""

    item_name: str


@dataclass(frozen=True)
class Corrected:
    """The slots that now hold something else."""

    slots: tuple[str, ...]


@dataclass(frozen=True)
class Noted:
    """Something was taken in, and the open question is still open."""


@dataclass(frozen=True)
class PhotosKept:
    """Photos came before they were asked for; they are not asked for again."""

    count: int


@dataclass(frozen=True)
class WholeOrder:
    """An order is cancelled as a whole; single things are taken out of it by a person."""


@dataclass(frozen=True)
class Unsure:
    """The customer is not sure of what this slot asks: how one finds out."""

    slot: str


Saying = Standing | About | Found | Queued | Corrected | Noted | PhotosKept | Unsure | WholeOrder


def corrections(slots: Mapping[str, Any], told: Mapping[str, Any]) -> tuple[str, ...]:
    """The slots in which a customer now says something else than before; everything is decided again."""
    return tuple(
        slot
        for slot, value in told.items()
        if slot in CORRECTABLE and value is not None and slots.get(slot) not in (None, ELSEWHERE, value)
    )
