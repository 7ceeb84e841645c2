"""What loading a model leaves behind is given back to the system."""

from __future__ import annotations

import ctypes


def give_back_memory() -> bool:
    """Has the C library hand free memory back; whether any was. Where it cannot (not glibc), nothing happens."""
    try:
        return bool(ctypes.CDLL(None).malloc_trim(0))
    except (AttributeError, OSError, TypeError):
        return False
