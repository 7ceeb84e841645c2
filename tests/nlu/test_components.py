"""The components as Rasa drives them: trained, stored, loaded, run on messages, read back from a tracker."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timezone
from pathlib import Path

import numpy as np
import pytest
import yaml
from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.core.events import UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from nlu.classifier import HybridIntentClassifier
from nlu.encoder import PIECES, PLAIN_VECTORS, TOPIC_VECTORS, SentenceEncoder
from nlu.entities import EntityMatcher
from nlu.sentences import ModelMissing
from nlu.speller import READABLE, SpellingCorrector
from nlu.zones import ZoneMarker

LINES = {
    "start_return": ["I want my money back", "refund please", "send it back", "return my order", "I'd like a refund"],
    "report_defect": ["it is broken", "it stopped working", "does not charge", "no power any more", "the motor died"],
    "out_of_scope": ["what's the weather", "tell me a joke", "play some music", "capital of France", "bake a cake"],
}
ORDER = (SpellingCorrector, SentenceEncoder, HybridIntentClassifier, ZoneMarker, EntityMatcher)
CONTEXT = ExecutionContext(GraphSchema({}))


def made(component, storage, method="create", **config):
    resource = Resource(component.__name__)
    return getattr(component, method)({**component.get_default_config(), **config}, storage, resource, CONTEXT)


@pytest.fixture(scope="module")
def storage(tmp_path_factory):
    storage = LocalModelStorage.create(tmp_path_factory.mktemp("model"))
    data = TrainingData([Message.build(text, intent=intent) for intent, texts in LINES.items() for text in texts])
    speller, encoder, classifier = (made(component, storage) for component in ORDER[:3])
    speller.train(data)
    encoder.train(speller.process_training_data(data))
    classifier.train(encoder.process_training_data(data))
    return storage


@pytest.fixture(scope="module")
def parse(storage):
    loaded = [made(component, storage, "load") for component in ORDER]

    def run(text, **metadata):
        message = Message({"text": text, "metadata": metadata})
        for component in loaded:
            component.process([message])
        return message.as_dict(only_output_properties=True)

    return run


def test_a_loaded_pipeline_understands(parse):
    assert parse("please refund me")["intent"]["name"] == "start_return"
    assert parse("weather tomorrow?")["intent"]["name"] == "out_of_scope"


def test_the_ranking_starts_with_the_intent(parse):
    parsed = parse("it broke")
    assert parsed["intent_ranking"][0]["name"] == parsed["intent"]["name"]
    assert [one["confidence"] for one in parsed["intent_ranking"]] == sorted(
        (one["confidence"] for one in parsed["intent_ranking"]), reverse=True
    )


@pytest.mark.parametrize("text", ["", "   ", "😀😀", "???", "<br>", "...."])
def test_without_a_word_there_is_no_intent(parse, text):
    assert parse(text)["intent"] == {"name": None, "confidence": 0.0, "also": [], "zone": "none"}


@pytest.mark.parametrize(
    "text", ["x" * 10_000, "a b " * 2_500, "<div>" * 2_000, "\x00\x01 hello", "हिन्दी में लिखा", "/restart{"]
)
def test_strange_texts_do_no_harm(parse, text):
    assert parse(text)["intent"]["zone"] in ("accept", "ask", "none")


def test_zone_and_readings_reach_the_action_server(parse):
    parsed = parse("it broke, bought on 28/10", today="2026-11-22")
    event = UserUttered("it broke", parsed["intent"], parsed["entities"], {"text": "it broke", **parsed}).as_dict()
    tracker = DialogueStateTracker.from_dict("somebody", [json.loads(json.dumps(event))])
    latest = tracker.current_state()["latest_message"]
    assert latest["intent"]["zone"] in ("accept", "ask", "none")
    dates = [one for one in latest["entities"] if one["entity"] == "date"]
    assert [(one["value"], one["readings"], one["vague"]) for one in dates] == [("28/10", ["2026-10-28"], False)]


def test_one_message_fills_everything(parse):
    text = "Hi, my X3 from order SC10234 arrived with a cracked head, I want my money back, dana@example.com"
    found = {(one["entity"], one["value"]) for one in parse(text)["entities"]}
    assert found == {
        ("product", "X3"),
        ("order_number", "SC10234"),
        ("remedy", "refund"),
        ("reason", "damaged_on_arrival"),
        ("email", "dana@example.com"),
    }


def test_entities_are_read_from_the_text_as_it_was_typed(parse):
    text = "  my  <b>flosser</b>, SC10234"
    assert all(text[one["start"] : one["end"]].lower() == one["value"].lower() for one in parse(text)["entities"])


def test_without_a_customers_day_dates_are_seen_from_today(parse):
    assert parse("today", today="nonsense")["entities"][0]["readings"] == [
        datetime.now(timezone.utc).date().isoformat()
    ]


def test_typing_errors_are_repaired_for_the_classifier_only(storage):
    message = Message({"text": "Refnud plesae"})
    made(SpellingCorrector, storage, "load").process([message])
    assert message.get("text") == "Refnud plesae"
    assert READABLE in message.data
    assert READABLE not in message.as_dict(only_output_properties=True)


def test_an_untrained_classifier_stays_silent(tmp_path):
    storage = LocalModelStorage.create(tmp_path)
    classifier = made(HybridIntentClassifier, storage)
    classifier.train(TrainingData([]))
    message = Message({"text": "hello", READABLE: "hello"})
    made(HybridIntentClassifier, storage, "load").process([message])
    assert message.get("intent")["name"] is None


def test_a_missing_model_stops_the_start(storage):
    with pytest.raises(ModelMissing):
        made(SentenceEncoder, storage, package="no_such_package")


@pytest.mark.parametrize(("confidence", "zone"), [(0.44, "ask"), (0.45, "accept"), (0.09, "none"), (0.10, "ask")])
def test_the_limits_of_a_zone_belong_to_it(storage, confidence, zone):
    message = Message({"text": "x", "intent": {"name": "start_return", "confidence": confidence}})
    made(ZoneMarker, storage, accept=0.45, ask=0.10).process([message])
    assert message.get("intent")["zone"] == zone


@pytest.mark.parametrize(("confidence", "zone"), [(0.64, "ask"), (0.65, "accept"), (0.09, "none")])
def test_what_seems_foreign_is_asked_about_unless_it_surely_is(storage, confidence, zone):
    message = Message({"text": "x", "intent": {"name": "out_of_scope", "confidence": confidence}})
    made(ZoneMarker, storage, accept=0.45, ask=0.10, foreign=0.65).process([message])
    assert message.get("intent")["zone"] == zone


def test_the_zones_of_the_assistant_are_those_the_report_measures():
    config = yaml.safe_load((Path(__file__).parents[2] / "config.yml").read_text(encoding="utf-8"))
    limits = next(part for part in config["pipeline"] if part["name"] == "nlu.zones.ZoneMarker")
    assert {**limits, "name": ...} == {**ZoneMarker.get_default_config(), "name": ...}


def test_an_untrained_encoder_takes_all_pieces_alike(tmp_path, storage):
    empty = LocalModelStorage.create(tmp_path)
    plain, trained = (made(SentenceEncoder, where, "load") for where in (empty, storage))
    vectors = []
    for encoder in (plain, trained):
        message = Message({"text": "the motor died"})
        encoder.process([message])
        vectors.append(message.get_dense_features("text")[1].features[0])
    assert not np.allclose(vectors[0], vectors[1], atol=1e-3)
    assert vectors[0] @ vectors[1] > 0.5


@pytest.mark.parametrize("text", ["the motor died", "the motor died. Who pays the postage?", ""])
def test_what_was_prepared_in_another_thread_is_what_is_found_without(storage, text):
    encoder, found = made(SentenceEncoder, storage, "load"), []
    for prepare in (
        lambda messages: None,
        lambda messages: ThreadPoolExecutor(1).submit(encoder.prepare, messages).result(),
    ):
        message = Message({"text": text})
        prepare([message])
        encoder.process([message])
        found.append(
            (message.get_dense_features("text")[1].features, message.get(TOPIC_VECTORS), message.get(PLAIN_VECTORS))
        )
    for plain, prepared in zip(*found, strict=True):
        assert np.array_equal(plain, prepared)


def test_prepared_is_not_read_again(storage):
    encoder = made(SentenceEncoder, storage, "load")
    message, other = Message({"text": "the motor died"}), Message({"text": "send it back"})
    encoder.prepare([other])
    message.set(PIECES, other.get(PIECES))
    encoder.process([message])
    encoder.process([other])
    features = [one.get_dense_features("text")[1].features for one in (message, other)]
    assert np.array_equal(*features)


def test_zones_that_overlap_are_refused(storage):
    with pytest.raises(ValueError, match="ask <= accept"):
        made(ZoneMarker, storage, accept=0.1, ask=0.5)
