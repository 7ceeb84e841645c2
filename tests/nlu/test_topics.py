import numpy as np
import pytest

from nlu.topics import merge, second_topic, split_topics

LABELS = ["start_return", "ask_freight", "greet"]


def test_what_is_told_is_kept_apart_from_what_is_asked():
    assert split_topics("I want to return it. Who pays for shipping? Thanks a lot.") == (
        "I want to return it. Thanks a lot.",
        "Who pays for shipping?",
    )


@pytest.mark.parametrize(
    ("text", "topics"),
    [
        ("i want to return it who pays for shipping", ("i want to return it", "who pays for shipping")),
        ("My flosser leaks. How long does a refund take.", ("My flosser leaks.", "How long does a refund take.")),
        ("the head is cracked and can i keep it", ("the head is cracked and", "can i keep it")),
    ],
)
def test_without_a_sign_a_question_begins_with_its_words(text, topics):
    assert split_topics(text) == topics


@pytest.mark.parametrize(
    "text",
    [
        "i don't know how it broke",
        "tell me how long the refund takes",
        "it stopped when i dropped it",
        "this is what you sent me",
    ],
)
def test_what_only_looks_like_a_question_stays_whole(text):
    assert split_topics(text) is None


def test_a_point_inside_a_number_ends_no_sentence():
    assert split_topics("I paid 49.90 dollars for it. Is version 2.5 any better?") == (
        "I paid 49.90 dollars for it.",
        "Is version 2.5 any better?",
    )


@pytest.mark.parametrize(
    "text", ["", "?", "Who pays for shipping?", "Hi. Who pays for it?", "I want my money back!", "why??? now."]
)
def test_one_topic_stays_whole(text):
    assert split_topics(text) is None


def test_a_goal_that_is_told_comes_before_the_question():
    whole, told, asked = np.array([0.2, 0.8, 0]), np.array([0.9, 0, 0.1]), np.array([0, 1.0, 0])
    merged = merge(whole, told, asked, LABELS)
    assert LABELS[int(merged.argmax())] == "start_return"
    assert merged.sum() == pytest.approx(1)
    assert second_topic(asked, LABELS, "start_return") == "ask_freight"


def test_a_greeting_does_not_come_before_the_question():
    whole, told, asked = np.array([0.1, 0.8, 0.1]), np.array([0, 0, 1.0]), np.array([0, 1.0, 0])
    assert LABELS[int(merge(whole, told, asked, LABELS).argmax())] == "ask_freight"
    assert second_topic(asked, LABELS, "ask_freight") is None


def test_an_unclear_question_is_no_second_topic():
    assert second_topic(np.array([0.4, 0.45, 0.15]), LABELS, "start_return") is None
