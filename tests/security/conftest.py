"""One of each caller of the running assistant, and a conversation with a photo and a case for them to reach for."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from support.run.stack import Stack
from tests.conversations.shop import Shop
from tests.security.callers import Scene, make_scene


@pytest.fixture(scope="session")
def bazaar(stack: Stack, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shop]:
    """Orders for customers who are up to no good; from 70001 on are those of the scripted customers."""
    one = Shop(stack, Path(tmp_path_factory.mktemp("bazaar")), first=45001)
    yield one
    one.close()


@pytest.fixture(scope="session")
def scene(stack: Stack, bazaar: Shop) -> Scene:
    return make_scene(stack, bazaar)
