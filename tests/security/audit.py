"""Every package of requirements.lock against the public advisories: `make audit`. Needs a network that reaches PyPI.

What is open and accepted stands in accepted.yml beside this file, each with a reason and a day. All else fails, and
so does a package that was not looked up: pip-audit says "No known vulnerabilities found" where it found no advisories.
"""

from __future__ import annotations

import datetime
import json
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[2]
ACCEPTED = Path(__file__).with_name("accepted.yml")
LOOKED_AT_AGAIN_DAYS = 180
PIP_AUDIT = ("tool", "run", "--python", sys.executable, "--from", "pip-audit==2.10.1", "pip-audit")
OPTIONS = (
    "--require-hashes",
    "--disable-pip",
    "-r",
    "requirements.lock",
    "--format",
    "json",
    "--progress-spinner",
    "off",
)


@dataclass(frozen=True)
class Verdict:
    """new: nobody accepted it. old: accepted too long ago. gone: accepted, not found. unseen: not looked up."""

    new: list[str]
    old: list[str]
    gone: list[str]
    unseen: list[str]

    @property
    def is_good(self) -> bool:
        return not (self.new or self.old or self.unseen)


def judge(report: dict[str, Any], accepted: list[dict[str, Any]], today: datetime.date) -> Verdict:
    """pip-audit's JSON against what was accepted. A finding has an id and aliases; any of them names it."""
    packages = report["dependencies"]
    by_name = {(entry["package"], name): entry for entry in accepted for name in entry["ids"]}
    new, old, seen = [], [], set()
    for package in packages:
        for finding in package.get("vulns", ()):
            names = [finding["id"], *finding.get("aliases", ())]
            entry = next((by_name[package["name"], name] for name in names if (package["name"], name) in by_name), None)
            line = f"{package['name']} {package['version']}: {', '.join(names)}"
            if entry is None:
                new.append(line)
                continue
            seen.update(names)
            if (today - entry["accepted"]).days > LOOKED_AT_AGAIN_DAYS:
                old.append(line)
    gone = [f"{package}: {name}" for package, name in by_name if name not in seen]
    return Verdict(new, old, gone, [package["skip_reason"] for package in packages if "skip_reason" in package])


def accepted_findings(file: Path = ACCEPTED) -> list[dict[str, Any]]:
    """What is accepted: package, ids, accepted (the day), reason."""
    return yaml.safe_load(file.read_text(encoding="utf-8"))


def locked_packages(lock: Path = ROOT / "requirements.lock") -> set[str]:
    """The names of all that is installed."""
    return set(re.findall(r"^([a-z0-9.-]+)==", lock.read_text(encoding="utf-8"), re.MULTILINE))


def main() -> int:
    """Prints what is new, old, gone and not looked up; 0 if nothing needs anybody."""
    run = subprocess.run((ROOT / ".venv/bin/uv", *PIP_AUDIT, *OPTIONS), cwd=ROOT, capture_output=True, text=True)
    try:
        report = json.loads(run.stdout)
    except ValueError:
        print(f"pip-audit did not answer (exit code {run.returncode}):\n{run.stderr[-2000:]}")
        return 2
    verdict = judge(report, accepted_findings(), datetime.datetime.now(datetime.timezone.utc).date())
    for title, lines in (
        ("NEW: accept it in tests/security/accepted.yml with a reason, or upgrade", verdict.new),
        ("ACCEPTED LONG AGO: look again", verdict.old),
        ("NOT LOOKED UP: the advisories were not reached", verdict.unseen),
        ("accepted and not found: the line can go once every package was looked up", verdict.gone),
    ):
        if lines:
            print(f"{title} ({len(lines)})", *(f"  {line}" for line in lines[:40]), sep="\n")
    print(f"{len(report['dependencies']) - len(verdict.unseen)} of {len(locked_packages())} packages looked up")
    return 0 if verdict.is_good else 1


if __name__ == "__main__":
    sys.exit(main())
