"""What the latest messages meant: a text is understood once, whoever says it, and whether alone or in a longer one."""

from __future__ import annotations

import pickle
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any

TEXTS_KEPT = 2000  # about 2 KB each
LONGEST_CHARACTERS = 200  # longer ones hardly come again


class Understood:
    """The newest texts of one model, in memory only. None of them outlives the next erasure of a conversation."""

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[str, Hashable], bytes] = OrderedDict()

    def understand(self, text: str, seen_from: Hashable, read: Callable[[], dict[str, Any]]) -> dict[str, Any]:
        """What `read` says of this text; asked only if it is not known.

        seen_from: what the meaning depends on beside the text ("yesterday").
        Each answer is the caller's own, to change as it likes: it is kept as bytes (never stored, never sent).
        """
        if len(text) > LONGEST_CHARACTERS:
            return read()
        known = self._kept.pop((text, seen_from), None) or pickle.dumps(read())
        self._kept[text, seen_from] = known
        if len(self._kept) > TEXTS_KEPT:
            self._kept.popitem(last=False)
        return dict(pickle.loads(known))

    def forget(self) -> None:
        """Nothing is known any more: which text was whose is not written down, so that all of them go."""
        self._kept.clear()
