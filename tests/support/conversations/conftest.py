"""A log with words of its own, and a clock that stands still."""

import pytest
from conversation_log import DOMAIN, NOW

from support.conversations import log, words


@pytest.fixture(autouse=True)
def domain(tmp_path, settings):
    settings.DOMAIN_FILE = tmp_path / "domain.yml"
    settings.DOMAIN_FILE.write_text(DOMAIN)
    settings.PHOTOS_DIR = tmp_path / "photos"
    words.responses.cache_clear()
    yield settings.DOMAIN_FILE
    words.responses.cache_clear()


@pytest.fixture
def conversation(db) -> str:
    return log.start("America/New_York", "en", NOW)[0].pk
