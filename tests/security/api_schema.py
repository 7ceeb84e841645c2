"""The running web process against its own description: schemathesis makes requests from openapi.json, good ones and bad
ones, and judges every answer. `python -m tests.security.api_schema 2000` makes up to 2000 of each call; CI makes a few.

Left out: the live stream, which has no end (tests/support/widget/test_live_events.py has it).
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from support.run.free_ports import free_port
from tests.conversations.customer import photo
from tests.support.widget.rasa_double import RasaDouble
from tests.support.widget.web_server import Customer, WebServer

ROOT = Path(__file__).resolve().parents[2]
DESCRIPTION = ROOT / "support" / "widget" / "openapi.json"
LIMITS = ("MESSAGES", "PHOTOS", "PHOTOS_OF_ADDRESS", "CONVERSATIONS", "REQUESTS")
NO_LIMITS = {f"SUPPORT_LIMIT_{limit}": "0" for limit in LIMITS}
ERASING = "eraseConversation"
ENDLESS = "followConversation"


@dataclass(frozen=True)
class Outcome:
    """How many requests were made, whether each answer was as described, and what schemathesis says."""

    requests: int
    is_good: bool
    words: str


CONFIG = """
[parameters]
"path.id" = "{customer.id}"
"path.photo" = "{photo}"

[checks.negative_data_rejection]
expected-statuses = [400, 401, 404, 405, 406, 409, 413, 415]

# What cannot be said in JSON Schema: bytes that are no photo, a photo that was never uploaded, a case of somebody else,
# a time zone that is none.
[[operations]]
include-operation-id = "startConversation"
checks.positive_data_acceptance.expected-statuses = [201, 400]

[[operations]]
include-operation-id = "uploadPhoto"
checks.positive_data_acceptance.expected-statuses = [201, 400, 404, 413, 415]

[[operations]]
include-operation-id = "sendMessage"
checks.positive_data_acceptance.expected-statuses = [202, 400, 404, 409]
"""


def try_description(web: WebServer, examples: int, folder: Path) -> list[Outcome]:
    """All calls within one conversation; then erasing, each time the same one, that is gone after the first."""
    return [
        _try(web, examples, folder, f"--exclude-operation-id={ERASING}", f"--exclude-operation-id={ENDLESS}"),
        _try(web, examples, folder, f"--include-operation-id={ERASING}"),
    ]


def _try(web: WebServer, examples: int, folder: Path, *which: str) -> Outcome:
    customer = Customer(web.url)
    uploaded = customer.upload(photo()).json()["photo"]
    config = folder / "schemathesis.toml"
    config.write_text(CONFIG.format(customer=customer, photo=uploaded))
    command = [str(Path(sys.executable).with_name("schemathesis")), "--config-file", str(config), "--no-color", "run"]
    command += [str(DESCRIPTION), "--url", web.url, "--header", f"Authorization: Bearer {customer.token}"]
    command += ["--max-examples", str(examples), "--generation-deterministic", "--checks", "all"]
    command += ["--phases", "examples,coverage,fuzzing", "--continue-on-failure", *which]
    run = subprocess.run(command, capture_output=True, text=True, cwd=folder)
    words = run.stdout + run.stderr
    return Outcome(sum(map(int, re.findall(r"(\d+) generated", words))), run.returncode == 0, words)


def main() -> int:
    examples = int(sys.argv[1]) if len(sys.argv) > 1 else 500
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        rasa = RasaDouble(free_port())
        rasa.start()
        web = WebServer(folder / "web", rasa.port, **NO_LIMITS)
        web.prepare((ROOT / "domain.yml").read_text())
        web.start()
        try:
            outcomes = try_description(web, examples, folder)
        finally:
            web.stop()
            rasa.stop()
    for outcome in outcomes:
        print(outcome.words)
    print(f"{sum(outcome.requests for outcome in outcomes)} requests")
    return 0 if all(outcome.is_good for outcome in outcomes) else 1


if __name__ == "__main__":
    sys.exit(main())
