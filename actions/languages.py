"""A customer who writes in another language: told so kindly, in their own where we have the words, with a person."""

from __future__ import annotations

import re

from rasa_sdk.executor import CollectingDispatcher

from actions.message import Message
from actions.words import has_part, part, say

OTHER_LANGUAGE = "other_language"
FIRST_SENTENCE = re.compile(r".*?[.।。]")


def tell_language(dispatcher: CollectingDispatcher, message: Message) -> None:
    """That the assistant reads English only; the button to a person is none in a letter."""
    codes = (message.language, message.locale.replace("_", "-").split("-")[0].lower())
    words = next((part(f"language_{code}") for code in codes if code and has_part(f"language_{code}")), "")
    theirs = f"{FIRST_SENTENCE.match(words)[0]}\n\n" if message.by_mail and words else words and f"{words}\n\n"
    buttons = [{"title": part("button_person"), "payload": "intent=talk_to_human"}]
    say(dispatcher, "utter_other_language", theirs=theirs, buttons=buttons)


def has_words_for(message: Message) -> bool:
    """Whether the customer's browser speaks a language that we can say this in."""
    return has_part(f"language_{message.locale.replace('_', '-').split('-')[0].lower()}")
