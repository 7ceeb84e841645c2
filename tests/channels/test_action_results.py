"""What an action answers is still checked, only faster."""

import pytest
from jsonschema import ValidationError
from rasa.core.actions.action import RemoteAction

from channels.action_results import check_the_schema_once


@pytest.fixture
def action():
    before = RemoteAction._validate_action_result
    check_the_schema_once()
    yield RemoteAction("any", None)
    RemoteAction._validate_action_result = before


def test_a_good_answer_passes(action):
    assert action._validate_action_result({"events": [{"event": "slot", "name": "a", "value": 1}], "responses": [{}]})


@pytest.mark.parametrize("bad", [{"events": "none"}, {"responses": {}}, {"responses": ["text"]}, []])
def test_a_bad_answer_is_refused_as_before(action, bad):
    with pytest.raises(ValidationError):
        action._validate_action_result(bad)
