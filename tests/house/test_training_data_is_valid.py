"""What `support train` leaves to this test: Rasa's own checks of the domain and the training data."""

import pytest
from rasa.shared.importers.importer import TrainingDataImporter
from rasa.validator import Validator

from tests.house.source import ROOT


@pytest.fixture(scope="module")
def validator():
    return Validator.from_importer(
        TrainingDataImporter.load_from_config(str(ROOT / "config.yml"), str(ROOT / "domain.yml"), [str(ROOT / "data")])
    )


@pytest.mark.parametrize(
    "check",
    [
        "verify_domain_validity",
        "verify_nlu",
        "verify_story_structure",
        "verify_actions_in_stories_rules",
        "verify_forms_in_stories_rules",
        "verify_form_slots",
        "verify_slot_mappings",
    ],
)
@pytest.mark.filterwarnings("ignore:The utterance")  # actions say them
def test_rasa_finds_nothing_wrong(validator, check):
    assert getattr(validator, check)()
