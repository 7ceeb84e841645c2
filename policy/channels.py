"""Where it was bought: asked first, for every request."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from policy.facts import Facts
from policy.step import PASS, Step, refuse

STANDARD: Final[Mapping[str, Step]] = {
    "official_website": PASS,
    "authorized_dealer": refuse("R.channel", "W.dealer"),
    "unauthorized": refuse("R.channel", "W.unauthorized"),
    "offline_store": refuse("R.channel"),
    "other": refuse("R.channel"),
}
WARRANTY: Final[Mapping[str, Step]] = {
    "official_website": PASS,
    "authorized_dealer": refuse("W.period", "W.dealer"),
    "unauthorized": refuse("W.period", "W.exclude.9", "W.unauthorized"),
    "offline_store": refuse("W.period"),
    "other": refuse("W.period"),
}


def is_amazon(facts: Facts) -> bool:
    """I.amazon: purchases from the brand's Amazon store are for a person, whatever else is known."""
    return facts.order_channel == "amazon_store"


def bought_officially(facts: Facts) -> Step:
    """R.channel, W.period, W.dealer, W.exclude.9, W.unauthorized: the official website only."""
    table = WARRANTY if facts.request == "warranty" else STANDARD
    return PASS if facts.order_channel is None else table[facts.order_channel]
