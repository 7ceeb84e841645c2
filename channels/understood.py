"""What the latest everyday texts meant: "yes, thank you" is understood once, whoever says it."""

from __future__ import annotations

import pickle
import re
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Hashable
from typing import Any

TEXTS_KEPT = 2000  # about 2 KB each
KEPT_S = 3600.0
# No digit and no address: how fast it is understood must not tell whether somebody else has named an order before.
EVERYDAY = re.compile(r"[^\d@]{1,80}")


class Understood:
    """The newest texts of one model, in memory only, for an hour. None of them outlives the next erasure."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._kept: OrderedDict[tuple[str, Hashable], tuple[float, bytes]] = OrderedDict()
        self._now = now

    async def understand(
        self, text: str, seen_from: Hashable, read: Callable[[], Awaitable[dict[str, Any]]]
    ) -> dict[str, Any]:
        """What `read` says of this text; asked only if it is not known.

        seen_from: what the meaning depends on beside the text ("yesterday").
        Each answer is the caller's own, to change as it likes: it is kept as bytes (never stored, never sent).
        """
        if not EVERYDAY.fullmatch(text):
            return await read()
        since, known = self._kept.pop((text, seen_from), (0.0, b""))
        if not known or self._now() - since > KEPT_S:
            since, known = self._now(), pickle.dumps(await read())
        self._kept[text, seen_from] = since, known
        if len(self._kept) > TEXTS_KEPT:
            self._kept.popitem(last=False)
        return dict(pickle.loads(known))

    def forget(self) -> None:
        """Nothing is known any more: which text was whose is not written down, so that all of them go."""
        self._kept.clear()
