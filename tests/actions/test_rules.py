"""The files Rasa reads and the actions Python has fit together."""

from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parents[2]
DOMAIN = yaml.safe_load((ROOT / "domain.yml").read_text())


def test_no_slot_can_be_filled_by_what_a_customer_types() -> None:
    for name, slot in DOMAIN["slots"].items():
        assert slot["mappings"] == [{"type": "custom"}], name


def test_every_intent_has_a_rule() -> None:
    rules = "\n".join(path.read_text() for path in (ROOT / "data" / "rules").glob("*.yml"))
    for intent in DOMAIN["intents"]:
        assert f"intent: {intent}" in rules, intent


def test_every_button_says_a_fact_an_intent_an_owner_or_a_rating() -> None:
    for name, variations in DOMAIN["responses"].items():
        for button in variations[0].get("buttons", ()):
            fact, _, value = button["payload"].partition("=")
            assert fact in ("intent", "owner", "rating", "request", "confirm") or "." in fact, name
            assert value
            assert fact != "intent" or value in DOMAIN["intents"]
