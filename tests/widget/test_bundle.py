"""The widget that is served is the one that widget/src makes, and it stays small."""

import gzip
import subprocess
from pathlib import Path

import pytest

from support.cases.life import State

ROOT = Path(__file__).resolve().parents[2]
SERVED = ROOT / "support/widget/static/widget/widget.js"


def run(*command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([ROOT / "widget/run.sh", *command], capture_output=True, text=True, timeout=300)


def test_the_served_widget_is_built_from_the_source(tmp_path):
    built = run("node", "build.mjs", str(tmp_path / "widget.js"))
    assert built.returncode == 0, built.stderr
    same = (tmp_path / "widget.js").read_bytes() == SERVED.read_bytes()
    assert same, "widget/src has changed: type make widget, and commit what it writes"


def test_the_served_widget_is_at_most_12_kb_packed():
    assert len(gzip.compress(SERVED.read_bytes(), mtime=0)) <= 12 * 1024


def test_the_logic_of_the_widget():
    result = run("node", "--test", "tests/*.test.mjs")
    assert result.returncode == 0, result.stdout + result.stderr
    assert "# pass 0" not in result.stdout


@pytest.mark.parametrize("state", State.values)
def test_every_state_of_a_case_has_words(state):
    assert f"  state_{state}: " in (ROOT / "widget/src/strings/en.ts").read_text()


def test_nothing_is_parsed_as_html_and_nothing_is_evaluated():
    source = "\n".join(file.read_text() for file in (ROOT / "widget/src").rglob("*.ts"))
    for forbidden in (
        "innerHTML",
        "outerHTML",
        "insertAdjacentHTML",
        "document.write",
        "DOMParser",
        "eval(",
        "Function(",
    ):
        assert forbidden not in source
