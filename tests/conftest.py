"""The whole assistant, started once for all tests that talk to it."""

from collections.abc import Iterator

import pytest

from support.run.stack import Stack, running_stack


@pytest.fixture(scope="session")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """Running and healthy, without demo orders; one for the whole session."""
    with running_stack(tmp_path_factory.mktemp("stack"), SUPPORT_DEMO_ORDERS="0") as running:
        yield running
