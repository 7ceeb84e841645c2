"""A copy of all that must be kept, taken while the assistant runs, and put back into an empty folder."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path

from support.run.claims import claimed
from support.run.problem import Problem

SQLITE = "sqlite:///"
WHOLE = "backup.json"  # written last
DATABASES = {"support.sqlite3": "SUPPORT_DATABASE_URL", "rasa.sqlite3": "SUPPORT_TRACKER_URL"}
FOLDERS = {"photos": "SUPPORT_PHOTOS_DIR", "mail": "SUPPORT_MAIL_DIR"}
PROPOSALS = "training-proposals.yml"
LOCK_WITHIN_S = 20.0


def back_up(values: Mapping[str, str], folder: Path) -> dict[str, int]:
    """Copies databases that are files, photos and letters into a new folder; of each how many files.

    The secrets are not in it, nor what lies in PostgreSQL or in a bucket. Raises Problem: there is nothing to copy or
    something in the folder, a disk is full, a copy is not whole.
    """
    ours = _database_files(values).get("support.sqlite3")
    if ours and not ours.exists():
        raise Problem(f"there is no {ours}: SUPPORT_VAR or SUPPORT_DATABASE_URL says where our tables are")
    if folder.exists() and any(folder.iterdir()):
        raise Problem(f"there is something in {folder}: a backup takes a folder of its own")
    os.umask(0o077)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        copied = dict.fromkeys(_copy_databases(_database_files(values), folder), 1)
        for name, setting in FOLDERS.items():  # after the rows that know them: each is written before its row
            copied[name] = _copy_tree(Path(values[setting]), folder / name)
        copied[PROPOSALS] = _copy_file(Path(values["SUPPORT_VAR"], PROPOSALS), folder / PROPOSALS)
        (folder / WHOLE).write_text(json.dumps({"at": time.strftime("%FT%TZ", time.gmtime()), "files": copied}))
    except (OSError, sqlite3.Error) as error:
        raise Problem(f"the backup in {folder} is not whole ({error})") from error
    return copied


def put_back(values: Mapping[str, str], folder: Path) -> dict[str, int]:
    """Copies a backup to where the settings say, of each how many files. Nothing may run, nothing may lie there.

    Raises Problem: it is no whole backup, something is there already, a disk is full.
    """
    if not (folder / WHOLE).is_file():
        raise Problem(f"{folder} is no whole backup: {WHOLE} is missing in it")
    files = _database_files(values)
    places = {**files, **{name: Path(values[setting]) for name, setting in FOLDERS.items()}}
    places[PROPOSALS] = Path(values["SUPPORT_VAR"], PROPOSALS)
    os.umask(0o077)
    with claimed(Path(values["SUPPORT_VAR"])):
        for name, place in places.items():
            if (folder / name).exists() and (_holds_something(place) or _holds_something(_log_of(place))):
                raise Problem(f"{place} is there already: a backup is put back where nothing is (SUPPORT_VAR)")
        try:
            return {name: _copy(folder / name, place) for name, place in places.items() if (folder / name).exists()}
        except OSError as error:
            what = f"{error.filename} was not put back ({error.strerror})"
            raise Problem(f"{what}: empty SUPPORT_VAR but for the secrets, and try again") from error


def _database_files(values: Mapping[str, str]) -> dict[str, Path]:
    """Those databases that are files, by the name they have in a backup."""
    urls = {name: values[setting] for name, setting in DATABASES.items()}
    return {name: Path(url.removeprefix(SQLITE)) for name, url in urls.items() if url.startswith(SQLITE)}


def _copy_databases(files: Mapping[str, Path], folder: Path) -> list[str]:
    """Both as they were at one moment, in which nothing is written into ours: a turn is in both, or to be run again."""
    there = {name: file for name, file in files.items() if file.exists()}
    sources: dict[str, sqlite3.Connection] = {}
    try:
        with _held(there.get("support.sqlite3")):
            for name, file in there.items():
                sources[name] = sqlite3.connect(file, isolation_level=None, timeout=LOCK_WITHIN_S)
                sources[name].execute("BEGIN")
                sources[name].execute("SELECT count(*) FROM sqlite_master").fetchone()  # from here it sees this moment
        for name, source in sources.items():
            _copy_database(source, folder / name)
    finally:
        for source in sources.values():
            source.close()
    return list(sources)


@contextmanager
def _held(file: Path | None) -> Iterator[None]:
    """Nobody writes into this database meanwhile; who wants to, waits."""
    if file is None:
        yield
        return
    with closing(sqlite3.connect(file, isolation_level=None, timeout=LOCK_WITHIN_S)) as database:
        database.execute("BEGIN IMMEDIATE")
        yield
        database.execute("ROLLBACK")


def _copy_database(source: sqlite3.Connection, to: Path) -> None:
    with closing(sqlite3.connect(to)) as copy:
        source.backup(copy)
        (found,) = copy.execute("PRAGMA quick_check").fetchone()
    if found != "ok":
        raise Problem(f"the copy {to} is not whole: {found}")


def _copy(source: Path, to: Path) -> int:
    return _copy_tree(source, to) if source.is_dir() else _copy_file(source, to)


def _copy_tree(source: Path, to: Path) -> int:
    """How many files; one that goes meanwhile (erased, or moved on) is left out."""
    return sum(_copy_file(file, to / file.relative_to(source)) for file in sorted(source.rglob("*")) if file.is_file())


def _copy_file(source: Path, to: Path) -> int:
    if not source.exists():
        return 0
    to.parent.mkdir(parents=True, exist_ok=True)
    try:
        shutil.copy2(source, to)
    except FileNotFoundError:
        return 0
    return 1


def _holds_something(place: Path) -> bool:
    return any(place.iterdir()) if place.is_dir() else place.exists()


def _log_of(place: Path) -> Path:
    """Of a database the file beside it that has what was written last."""
    return place.with_name(place.name + "-wal")
