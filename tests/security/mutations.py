"""Bytes that are nearly right: a good input with edits drawn by hypothesis, which makes them few when one fails."""

from __future__ import annotations

from hypothesis import strategies as st

from tests.security.parsers import Parser

PLACES = 10_000  # a place is a share of the length, so that an edit means the same when another before it is left out
Edit = tuple[str, int, int, bytes]


def inputs(parser: Parser) -> st.SearchStrategy[bytes]:
    """Edited good inputs, and now and then plain bytes."""
    piece = st.one_of(st.sampled_from(parser.tokens), st.binary(max_size=8))
    place = st.integers(0, PLACES)
    edit = st.tuples(st.sampled_from(("put", "over", "cut", "again", "end")), place, place, piece)
    edited = st.builds(apply, st.sampled_from(parser.seeds), st.lists(edit, max_size=8))
    return st.one_of(edited, edited, edited, st.binary(max_size=200))


def apply(seed: bytes, edits: list[Edit]) -> bytes:
    for how, first, second, piece in edits:
        begin, end = sorted((first * len(seed) // PLACES, second * len(seed) // PLACES))
        if how == "put":
            seed = seed[:begin] + piece + seed[begin:]
        elif how == "over":
            seed = seed[:begin] + piece + seed[begin + len(piece) :]
        elif how == "cut":
            seed = seed[:begin] + seed[min(end, begin + 64) :]
        elif how == "again":
            seed = seed[:end] + seed[begin : begin + 4096] + seed[end:]
        else:
            seed = seed[:end]
    return seed
