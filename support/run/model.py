"""The trained model: named by what it was trained from, so that unchanged data is never trained twice."""

from __future__ import annotations

import fcntl
import hashlib
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from support.run.problem import Problem

SOURCES = ("config.yml", "domain.yml", "data", "nlu", "requirements.lock")
CODE = ("nlu", "requirements.lock")  # what Rasa's own training cache does not look into
LEFT_OUT = ("--skip-validation", "--augmentation", "0")  # a test validates; the policies use no story twice
KEPT_MODELS = 3
_STARTS = re.compile(r"Starting to train component '(\w+)'")
_MATTERS = re.compile(r"\b(WARNING|ERROR|CRITICAL)\b|\w+(Error|Exception|UserWarning):")


def fingerprint(root: Path, sources: tuple[str, ...] = SOURCES) -> str:
    """12 hex digits over the names and contents of all sources. Raises Problem if one is missing."""
    digest = hashlib.sha256()
    for source in sources:
        path = root / source
        if not path.exists():
            raise Problem(f"{source} is missing in {root}: `git restore {source}` brings it back")
        for file in sorted(_files(path)):
            content = file.read_bytes()
            digest.update(f"{file.relative_to(root)}\0{len(content)}\0".encode() + content)
    return digest.hexdigest()[:12]


def _files(path: Path) -> Iterator[Path]:
    if path.is_file():
        yield path
        return
    for file in path.rglob("*"):
        if file.is_file() and file.suffix != ".pyc" and not file.name.startswith("."):
            yield file


def model_for(root: Path) -> Path:
    """Where the model for the data as it is now lies, or will lie."""
    return root / "models" / f"{fingerprint(root)}.tar.gz"


def trained_model(root: Path) -> Path | None:
    """The model for the data as it is now, if there is one."""
    model = model_for(root)
    if not model.is_file():
        return None
    with suppress(OSError):  # an image is read-only, and nothing is pruned there
        os.utime(model)  # pruning goes by last use
    return model


def train(root: Path, environ: Mapping[str, str], say: Callable[[str], None], force: bool = False) -> Path:
    """The model for the data as it is now; trained here if there is none (or force). say: gets a line for each step.

    Raises Problem if the training fails. Two at once: the second waits and then finds the model of the first.
    """
    models = root / "models"
    models.mkdir(exist_ok=True)
    if not os.access(models, os.W_OK):
        raise Problem(f"cannot write in {models}: the trained model goes there")
    with _only_one(models, say):
        name = fingerprint(root)
        model = models / f"{name}.tar.gz"
        if not force and trained_model(root):
            return model
        began = time.monotonic()
        say("the training data changed: training a model")
        for left_over in models.glob("*.unfinished.tar.gz"):
            left_over.unlink()
        unfinished = models / f"{name}.unfinished.tar.gz"
        try:
            _run_training(root, unfinished, environ, say)
            os.replace(unfinished, model)
        finally:
            unfinished.unlink(missing_ok=True)
        say(f"trained in {time.monotonic() - began:.0f} s: models/{model.name}")
        _prune(models)
    return model


@contextmanager
def _only_one(folder: Path, say: Callable[[str], None]) -> Iterator[None]:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("waiting for another training in this folder")
            fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _run_training(root: Path, model: Path, environ: Mapping[str, str], say: Callable[[str], None]) -> None:
    caches = root / ".rasa"
    cache = caches / f"cache-{fingerprint(root, CODE)}"
    for old in caches.glob("cache-*"):
        if old != cache:
            shutil.rmtree(old, ignore_errors=True)
    command = [sys.executable, "-m", "support.run.tether", "support.run.rasa", "train", "--config", "config.yml"]
    command += ["--domain", "domain.yml", "--data", "data", "--out", "models"]
    command += ["--fixed-model-name", model.name, *LEFT_OUT]
    process = subprocess.Popen(
        command,
        cwd=root,
        env={**environ, "RASA_CACHE_DIRECTORY": str(cache), "LOG_LEVEL": "INFO"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        start_new_session=True,
    )
    try:
        last_lines = _follow(process, say)
        if process.wait() or not model.is_file():
            raise Problem("training failed: " + (" / ".join(last_lines) or f"exit {process.returncode}"))
    finally:
        process.kill()
        process.wait()


def _follow(process: subprocess.Popen[str], say: Callable[[str], None]) -> list[str]:
    """Says what is being trained and what Rasa warns of; the last lines, for when it fails."""
    last_lines: list[str] = []
    assert process.stdout
    for line in process.stdout:
        line = line.rsplit("\r", 1)[-1].strip()
        step = _STARTS.search(line)
        if step:
            say(f"training {step[1]}")
        elif _MATTERS.search(line):
            say(line)
        last_lines = [*last_lines[-2:], line] if line else last_lines
    return last_lines


def _prune(models: Path) -> None:
    for old in sorted(models.glob("*.tar.gz"), key=lambda file: file.stat().st_mtime)[:-KEPT_MODELS]:
        old.unlink(missing_ok=True)
