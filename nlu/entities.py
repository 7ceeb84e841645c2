"""Rasa component: what a message names: numbers, addresses, dates, goods, and facts of the claim."""

from __future__ import annotations

from datetime import date, datetime, timezone
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.extractors.extractor import EntityExtractorMixin
from rasa.shared.nlu.constants import ENTITIES, METADATA, TEXT
from rasa.shared.nlu.training_data.message import Message

from nlu.claims import find_claim_facts
from nlu.countries import find_countries
from nlu.dates import find_dates
from nlu.found import Found
from nlu.goods import MODELS, find_colours, find_products, find_quantities
from nlu.identifiers import blank, find_identifiers
from nlu.short_answers import find_short_answers


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class EntityMatcher(GraphComponent, EntityExtractorMixin):
    """Appends to the message's entities what it finds by shape and phrase in the text as it was typed.

    Every value is a string. A `date` has the words as value and the possible days as `readings` (ISO, inclusive, all
    past), seen from `today` in the message's metadata (ISO date of the customer; without it, today in UTC). A
    `country` has its ISO code as `code`.
    """

    @staticmethod
    def required_packages() -> list[str]:
        """Checked by Rasa before training and loading."""
        return ["rapidfuzz", "babel", "dateutil"]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """models: the product codes that are known; longest: characters of a message that are read."""
        return {"models": list(MODELS), "longest": 4000}

    def __init__(self, config: dict[str, Any]) -> None:
        """Finds one thing of each kind once, so that the first customer does not wait."""
        self._models, self._longest = tuple(config["models"]), int(config["longest"])
        self._find("in the US, yesterday, 2 X3", date(2026, 1, 1))

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> EntityMatcher:
        """Nothing to train."""
        return cls(config)

    def process(self, messages: list[Message]) -> list[Message]:
        """Adds what is found in each message's own text."""
        for message in messages:
            found = self._find((message.get(TEXT) or "")[: self._longest], _today(message))
            message.set(ENTITIES, [*message.get(ENTITIES, []), *map(_entity, found)], add_to_output=True)
        return messages

    def _find(self, text: str, today: date) -> list[Found]:
        identifiers = find_identifiers(text)
        rest = blank(text, identifiers)
        dates = find_dates(rest, today)
        rest = blank(rest, dates)
        goods = [*find_products(rest, self._models), *find_colours(rest), *find_quantities(rest), *find_countries(rest)]
        return sorted(
            [*find_short_answers(text), *identifiers, *dates, *goods, *find_claim_facts(rest)],
            key=lambda one: (one.start, one.entity),
        )


def _entity(one: Found) -> dict[str, Any]:
    return {
        "entity": one.entity,
        "start": one.start,
        "end": one.end,
        "value": one.value,
        **one.extra,
        "extractor": "EntityMatcher",
    }


def _today(message: Message) -> date:
    told = (message.get(METADATA) or {}).get("today")
    try:
        return date.fromisoformat(str(told)[:10])
    except ValueError:
        return datetime.now(timezone.utc).date()
