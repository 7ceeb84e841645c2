"""The whole assistant, started once for all tests that talk to it."""

import gc
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from support.run.free_ports import free_port
from support.run.stack import Stack, running_stack
from tests.servers.own_database import own_database

TESTS = Path(__file__).parent
LONGEST = ("browser", "conversations", "customers", "deploy", "faults", "servers")  # few, on the whole assistant


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--screenshots", metavar="FOLDER", help="where tests/browser keep what they see; else nowhere")


@pytest.hookimpl(hookwrapper=True)  # pytest-xdist looks at the groups in the same hook, pytest-django sorts in it
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> Iterator[None]:
    """For `--dist loadgroup`: a file's tests share a process, and so do all that talk to the replicas.

    The longest come first: at the end, short ones are left to keep all processes busy.
    """
    for item in items:
        together = "replicas" if "replicas" in getattr(item, "fixturenames", ()) else str(item.path)
        item.add_marker(pytest.mark.xdist_group(together))
    yield
    if hasattr(config, "workerinput"):
        items.sort(key=lambda item: item.path.relative_to(TESTS).parts[0] not in LONGEST)


def pytest_collection_finish(session: pytest.Session) -> None:
    """What all modules brought along stays till the end: the garbage collector need not walk it again and again."""
    gc.collect()
    gc.freeze()


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo) -> Iterator[None]:
    """Fixtures can see at their end whether their test failed: item.failed."""
    outcome = yield
    item.failed = getattr(item, "failed", False) or outcome.get_result().failed


@pytest.fixture(scope="session")
def other_origin() -> str:
    """Another website that may use the chat API; whoever needs it serves pages there."""
    return f"http://localhost:{free_port()}"


@pytest.fixture(scope="session")
def stack(tmp_path_factory: pytest.TempPathFactory, other_origin: str) -> Iterator[Stack]:
    """Running and healthy, without demo orders, and nobody there for half a day; one for the whole session."""
    opens = datetime.now(ZoneInfo("America/Los_Angeles")) + timedelta(hours=12)
    hours = f"{opens:%H}:00-{opens + timedelta(hours=1):%H}:00"
    settings = {"SUPPORT_DEMO_ORDERS": "0", "SUPPORT_CORS_ORIGINS": other_origin, "SUPPORT_HOURS": hours}
    settings["SUPPORT_LOG_FORMAT"] = "json"
    folder = tmp_path_factory.mktemp("stack")
    databases = {"SUPPORT_DATABASE_URL": own_database(folder), "SUPPORT_TRACKER_URL": own_database(folder, "rasa")}
    with running_stack(folder, **settings, **databases) as running:
        yield running
