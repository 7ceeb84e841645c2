"""What lives long is looked through for garbage once, and then left alone until twice as much has gathered.

Python looks through all that lives whenever a quarter has come on top. Ten thousand open event streams are a million
and a half objects: everybody waited a second for that, and five when the machine was busy. What does not point at
itself in a circle needs no such look: it goes at once, as ever.
"""

from __future__ import annotations

import gc

COUNT_EVERY = 16  # looks: to count what is set aside takes its time, too


def look_through_once() -> None:
    """From now on, in this process; what is there already is not looked through again."""
    gc.freeze()
    gc.callbacks.append(_SetAside())


class _SetAside:
    """What survived Python's latest look through everything is taken out of the next (gc.freeze)."""

    def __init__(self) -> None:
        self.known, self.looks, self.is_whole = gc.get_freeze_count(), 0, False

    def __call__(self, phase: str, look: dict[str, int]) -> None:
        if look["generation"] < 2:
            return
        if phase == "start":
            self.looks += 1
            self.is_whole = self.looks % COUNT_EVERY == 0 and gc.get_freeze_count() > 2 * self.known
            if self.is_whole:
                gc.unfreeze()
        else:
            gc.freeze()
            if self.is_whole:
                self.known = gc.get_freeze_count()
