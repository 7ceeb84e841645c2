"""Which question about the policy is asked; the real topics, trained here once."""

from pathlib import Path

import pytest
import yaml
from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from nlu.encoder import SentenceEncoder
from nlu.questions import QuestionTopics
from nlu.speller import READABLE

ROOT = Path(__file__).parents[2]
TOPICS = yaml.safe_load((ROOT / "data/questions/topics.yml").read_text())["topics"]
CONTEXT = ExecutionContext(GraphSchema({}))


@pytest.fixture(scope="module")
def topic_of(tmp_path_factory):
    storage, resource = LocalModelStorage.create(tmp_path_factory.mktemp("model")), Resource("questions")
    config = QuestionTopics.get_default_config()
    QuestionTopics.create(config, storage, resource, CONTEXT).train(TrainingData())
    encoder = SentenceEncoder.create(SentenceEncoder.get_default_config(), storage, Resource("encoder"), CONTEXT)
    topics = QuestionTopics.load(config, storage, resource, CONTEXT)

    def run(text):
        message = Message({"text": text, READABLE: text.lower()})
        topics.process(encoder.process([message]))
        return message.as_dict(only_output_properties=True).get("topic")

    return run


def test_every_topic_has_lines_and_no_line_stands_twice() -> None:
    lines = [line for topic in TOPICS.values() for line in topic["questions"]]
    assert len(lines) == len({line.lower() for line in lines})
    assert all(len(topic["questions"]) >= 3 for topic in TOPICS.values())


def test_a_known_question_finds_its_topic(topic_of) -> None:
    wrong = [
        (name, line)
        for name, topic in TOPICS.items()
        if not name.startswith("none_")
        for line in topic["questions"][:2]
        if (found := topic_of(line + "?")) is None or found["name"] != name
    ]
    assert wrong == []


@pytest.mark.parametrize(
    "text", ["can I have my money back please?", "where is my parcel?", "is there a person?", "why?"]
)
def test_a_wish_is_no_question_about_the_policy(topic_of, text) -> None:
    assert topic_of(text) is None


@pytest.mark.parametrize("text", ["I threw the box away", "the warranty", "my toothbrush fell down"])
def test_what_is_told_is_no_question(topic_of, text) -> None:
    assert topic_of(text) is None


def test_of_two_topics_the_asked_one_counts(topic_of) -> None:
    assert topic_of("I changed my mind and I want to return it. Can I keep the gift?")["name"] == "gift"


def test_the_file_of_topics_is_part_of_the_fingerprint() -> None:
    assert QuestionTopics.fingerprint_addon({}) == QuestionTopics.fingerprint_addon(QuestionTopics.get_default_config())
    assert len(QuestionTopics.fingerprint_addon({})) == 64
