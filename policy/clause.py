"""What one clause of the policy is to us: its id, our words for it, and what in the code rests on it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from policy.terms import TERMS, Terms


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause of the two documents, or one of our readings (I.…).

    words: our words for a customer, with the names of terms in braces.
    used_by: the functions that rest on it, as module.function of this package.
    decides_nothing: why it changes no decision, for a clause that no rule uses.
    """

    id: str
    words: str
    used_by: tuple[str, ...] = ()
    decides_nothing: str | None = None

    @property
    def text(self) -> str:
        """The words, with the numbers of the terms in force."""
        return self.text_under(TERMS)

    def text_under(self, terms: Terms) -> str:
        """The words, with the numbers of other terms."""
        numbers = {name: getattr(terms, name) for name in terms.__dataclass_fields__}
        return self.words.format_map(numbers)


def by_id(clauses: Iterable[Clause]) -> dict[str, Clause]:
    """The clauses by their id, in their order."""
    found: dict[str, Clause] = {}
    for clause in clauses:
        if clause.id in found:
            raise ValueError(f"{clause.id} is written twice")
        found[clause.id] = clause
    return found
