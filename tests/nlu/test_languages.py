"""Other languages are noticed, ours never taken for one."""
# ruff: noqa: RUF001 - words of other languages

import re
from pathlib import Path

import pytest
import yaml

from nlu.languages import OTHER, foreign_language, is_readable

ROOT = Path(__file__).parents[2]
LINES = [
    line[2:]
    for path in sorted((ROOT / "data/nlu").glob("*.yml"))
    for block in yaml.safe_load(path.read_text())["nlu"]
    for line in block["examples"].splitlines()
]
KNOWN = frozenset(word.casefold() for line in LINES for word in re.findall(r"[^\W\d_]+(?:'[^\W\d_]+)?", line))
FOREIGN = {
    "de": (
        "Ich möchte meine Zahnbürste zurückgeben",
        "Wo ist mein Geld?",
        "Wer bezahlt den Versand?",
        "Hallo",
        "Hilfe",
        "wo bleibt",
        "Ladekabel fehlt",
    ),
    "es": ("Quiero devolver mi cepillo", "¿Dónde está mi pedido?", "cuánto tarda el reembolso", "no funciona", "ayuda"),
    "fr": ("je veux retourner ma brosse", "ça ne marche plus", "j'ai reçu le mauvais article"),
    "it": ("vorrei restituire lo spazzolino", "dove sono i miei soldi"),
    "pt": ("quero devolver a minha escova", "não funciona", "onde está o meu dinheiro"),
    "nl": ("ik wil mijn tandenborstel terugsturen", "waar is mijn geld"),
    "pl": ("gdzie są moje pieniądze",),
    "tr": ("fırçamı iade etmek istiyorum",),
    "hi": ("मुझे पैसे वापस चाहिए",),
    "zh": ("我想退货", "我的牙刷坏了 X3U"),
    "ja": ("返品したいです",),
    "ko": ("반품하고 싶어요",),
    "ru": ("Я хочу вернуть щетку",),
    "ar": ("أريد استرداد أموالي",),
    OTHER: ("მინდა დაბრუნება",),
}


@pytest.mark.parametrize(("code", "text"), [(code, text) for code, texts in FOREIGN.items() for text in texts])
def test_another_language_is_named(code: str, text: str) -> None:
    assert foreign_language(text, KNOWN) == code


@pytest.mark.parametrize(
    "text",
    [
        "ye product wapas karna hai",
        "refund kab milega bhai",
        "mera brush kharab ho gaya",
        "kaam nahi kar raha hai yeh brush",
        "my name is José García",
        "I live in the Hauptstraße 5, 80331 München",
        "SC10236 farah@example.com",
        "X3U2409A001234",
        "no",
        "ok danke, bye",
        "c'est la vie, I want a refund",
        "",
        "!!!",
    ],
)
def test_ours_is_ours(text: str) -> None:
    assert foreign_language(text, KNOWN) is None


def test_none_of_our_training_lines_is_foreign() -> None:
    greetings = ("hola", "ciao")  # understood, and answered with that we only speak English
    assert [line for line in LINES if foreign_language(line, KNOWN) and line not in greetings] == []


@pytest.mark.parametrize(("text", "code"), [("Hola!", "es"), ("bonjour", "fr"), ("ciao", "it"), ("retour", "other")])
def test_a_greeting_of_another_language_is_one_although_it_is_all_that_is_said(text: str, code: str) -> None:
    assert foreign_language(text, KNOWN) == code


def test_no_message_of_the_strangers_is_foreign() -> None:
    strangers = yaml.safe_load((ROOT / "tests/nlu/strangers.yml").read_text(encoding="utf-8"))
    assert [text for texts in strangers.values() for text in texts if foreign_language(text, KNOWN)] == []


@pytest.mark.parametrize(
    ("text", "readable"),
    [("can you tell me a joke", True), ("florb wuggle zint", False), ("brakka lomu tesh", False), ("", False)],
)
def test_words_are_told_from_letters_in_a_row(text: str, readable: bool) -> None:
    assert is_readable(text, KNOWN) is readable
