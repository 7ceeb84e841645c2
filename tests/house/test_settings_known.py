"""Settings are known in one place, documented, and used."""

import re

from support.run.environment import SETTINGS
from tests.house.source import ROOT, modules, strings_of

NAME = re.compile(r"SUPPORT_[A-Z_]+")
KNOWN = {setting.name for setting in SETTINGS}
CONFIGURATION = ("endpoints.yml", "credentials.yml", "config.yml")


def names_used() -> set[str]:
    """Every setting that our Python code or Rasa's files name, the list of settings itself left out."""
    used: set[str] = set()
    for file in modules():
        if file.name != "environment.py":
            used |= {text for text in strings_of(file) if NAME.fullmatch(text)}
    for name in CONFIGURATION:
        if (ROOT / name).exists():
            used |= set(re.findall(r"\$\{(SUPPORT_[A-Z_]+)\}", (ROOT / name).read_text()))
    return used


def test_what_the_code_reads_is_in_the_list_of_settings():
    assert names_used() - KNOWN == set(), "support/run/environment.py does not know them"


def test_every_setting_is_read_somewhere():
    assert KNOWN - names_used() == set(), "nobody reads them"


def test_env_example_names_exactly_the_settings():
    documented = re.findall(r"^#?\s*(SUPPORT_[A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE)
    assert len(documented) == len(set(documented))
    assert set(documented) == KNOWN


def test_operating_md_names_exactly_the_settings():
    assert set(NAME.findall((ROOT / "docs" / "operating.md").read_text())) == KNOWN
