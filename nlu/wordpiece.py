"""BERT's uncased WordPiece: text to the ids that the sentence model was trained on."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from pathlib import Path

VOCABULARY = Path(__file__).parent / "minilm" / "vocab.txt"
LONGEST_WORD = 100


@lru_cache(maxsize=1)
def read_vocabulary() -> dict[str, int]:
    """Every piece with its id, in the file's order; a piece inside a word starts with '##'."""
    return {line: i for i, line in enumerate(VOCABULARY.read_text(encoding="utf-8").splitlines())}


def encode(text: str, limit: int) -> list[int]:
    """The ids of the text's pieces between [CLS] and [SEP], at most limit of them in all."""
    vocabulary = read_vocabulary()
    ids = [vocabulary["[CLS]"]]
    for word in _words(text):
        ids.extend(_pieces(word, vocabulary))
        if len(ids) >= limit:
            break
    return [*ids[: limit - 1], vocabulary["[SEP]"]]


def _words(text: str) -> list[str]:
    """Lower-case words without accents; punctuation and Chinese characters stand alone."""
    spaced: list[str] = []
    for char in unicodedata.normalize("NFD", text.lower()):
        kind = unicodedata.category(char)
        if char in "\t\n\r" or kind == "Zs":
            spaced.append(" ")
        elif kind == "Mn" or kind.startswith("C") or char == "\ufffd":
            continue
        elif _stands_alone(char, kind):
            spaced.append(f" {char} ")
        else:
            spaced.append(char)
    return "".join(spaced).split()


def _stands_alone(char: str, kind: str) -> bool:
    ascii_sign = char.isascii() and not char.isalnum()
    return ascii_sign or kind.startswith("P") or "\u3400" <= char <= "\u9fff" or "\uf900" <= char <= "\ufaff"


def _pieces(word: str, vocabulary: dict[str, int]) -> list[int]:
    """The longest pieces from the left, or [UNK] for a word that cannot be built from pieces."""
    unknown = [vocabulary["[UNK]"]]
    if len(word) > LONGEST_WORD:
        return unknown
    pieces, start = [], 0
    while start < len(word):
        for end in range(len(word), start, -1):
            piece = ("##" if start else "") + word[start:end]
            if piece in vocabulary:
                pieces.append(vocabulary[piece])
                start = end
                break
        else:
            return unknown
    return pieces
