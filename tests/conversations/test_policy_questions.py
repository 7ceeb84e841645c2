"""Every question about the policy has its own answer, with its clauses; every clause can be asked about."""

from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from actions.topics import TOPICS
from policy import CLAUSES
from tests.conversations.customer import Customer

ASKED = yaml.safe_load(Path(__file__).with_name("policy_questions.yml").read_text())
TAUGHT = yaml.safe_load((Path(__file__).parents[2] / "data" / "questions" / "topics.yml").read_text())["topics"]
QUESTIONS = [(topic, question) for topic, questions in ASKED.items() for question in questions]
AT_ONCE = 12  # questions of one customer


def test_every_topic_is_taught_asked_and_answered() -> None:
    real = {topic for topic in TAUGHT if not topic.startswith("none_")}
    assert real == set(TOPICS) == set(ASKED)


def test_every_clause_of_the_policy_is_an_answer_to_some_question() -> None:
    cited = {clause for topic in TOPICS.values() for clause in topic.clauses}
    assert cited == set(CLAUSES)


def test_nearly_every_question_gets_the_answer_of_its_topic(customers: Callable[[], Customer]) -> None:
    wrong = []
    for start in range(0, len(QUESTIONS), AT_ONCE):
        customer = customers()
        for topic, question in QUESTIONS[start : start + AT_ONCE]:
            said = customer.say(question)
            cited = {citation["clause"] for message in said for citation in message["citations"]}
            if cited != set(TOPICS[topic].clauses):
                wrong.append(f"{question} ({topic}): {said[0]['text']}")
    reached = {topic for topic, question in QUESTIONS if not any(row.startswith(f"{question} (") for row in wrong)}
    assert set(TOPICS) - reached == set(), "\n".join(wrong)
    assert len(wrong) <= len(QUESTIONS) // 20, "\n".join(wrong)


@pytest.mark.parametrize("topic", ["unsettled", "data", "contact"])
def test_what_the_policy_does_not_settle_is_for_a_person(customer: Customer, topic: str) -> None:
    customer.say(ASKED[topic][0])
    assert "intent=talk_to_human" in customer.choices()
