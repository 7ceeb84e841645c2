"""Every setting: its name, its default, what it takes. `.env.example` says the same in words."""

from __future__ import annotations

import difflib
import os
import re
import zoneinfo
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from support.run.problem import Problem

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Setting:
    """One environment variable. default: may name earlier settings in braces; empty means made or left out."""

    name: str
    default: str
    takes: str
    accepts: Callable[[str], object]


def _port(value: str) -> bool:
    return value.isascii() and value.isdigit() and 1 <= int(value) <= 65535


def _matching(pattern: str) -> Callable[[str], object]:
    return re.compile(pattern).fullmatch


def _timezone(value: str) -> bool:
    return value in zoneinfo.available_timezones()


TIME = r"([01]\d|2[0-3]):[0-5]\d"


def _mail_server(protocol: str) -> Callable[[str], object]:
    return _matching(rf"({protocol}s?://\S+)?")


_seconds = _matching(r"(?!0*\.?0*$)\d+(\.\d+)?")
_hours = _matching(r"\d{1,4}(\.\d+)?")
_few = _matching(r"[1-9]|1[0-6]")
_addresses = _matching(r"https?://\S+( +https?://\S+)*")
_limit = _matching(r"\d+/[1-9]\d*|0")

SETTINGS = (
    Setting("SUPPORT_VAR", str(ROOT / "var"), "a folder", bool),
    Setting("SUPPORT_WEB_HOST", "127.0.0.1", "an address to listen on", _matching(r"[\w.:-]+")),
    Setting("SUPPORT_WEB_PORT", "8000", "a port from 1 to 65535", _port),
    Setting("SUPPORT_INNER_HOST", "127.0.0.1", "an address to listen on", _matching(r"[\w.:-]+")),
    Setting("SUPPORT_RASA_PORT", "5005", "a port from 1 to 65535", _port),
    Setting("SUPPORT_ACTIONS_PORT", "5055", "a port from 1 to 65535", _port),
    Setting("SUPPORT_WEB_PROCESSES", "1", "a whole number from 1 to 16", _few),
    Setting("SUPPORT_RASA_PROCESSES", "1", "a whole number from 1 to 16", _few),
    Setting("SUPPORT_ACTIONS_PROCESSES", "1", "a whole number from 1 to 16", _few),
    Setting("SUPPORT_RASA_URL", "{RASA_PROCESSES}", "http addresses with blanks between", _addresses),
    Setting("SUPPORT_ACTIONS_URL", "{ACTIONS_PROCESSES}", "http addresses with blanks between", _addresses),
    Setting(
        "SUPPORT_REDIS_URL", "", "redis://USER:PASSWORD@HOST:PORT/NUMBER, or nothing", _matching(r"(rediss?://\S+)?")
    ),
    Setting(
        "SUPPORT_BROKER_URL", "", "amqp://USER:PASSWORD@HOST:PORT/VHOST, or nothing", _matching(r"(amqps?://\S+)?")
    ),
    Setting("SUPPORT_MAILROOM_PORT", "5056", "a port from 1 to 65535", _port),
    Setting("SUPPORT_PUBLIC_URL", "http://127.0.0.1:{SUPPORT_WEB_PORT}", "an http address", _matching(r"https?://\S+")),
    Setting("SUPPORT_ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]", "host names with commas between", _matching(r"\S+")),
    Setting(
        "SUPPORT_DATABASE_URL",
        "sqlite:///{SUPPORT_VAR}/support.sqlite3",
        "sqlite:///FILE or postgres://USER:PASSWORD@HOST:PORT/NAME",
        _matching(r"(sqlite|postgres|postgresql)://\S.*"),
    ),
    Setting(
        "SUPPORT_TRACKER_URL",
        "sqlite:///{SUPPORT_VAR}/rasa.sqlite3",
        "sqlite:///FILE or postgresql://USER:PASSWORD@HOST:PORT/NAME",
        _matching(r"(sqlite|postgresql)://\S.*"),
    ),
    Setting(
        "SUPPORT_PHOTOS_URL",
        "",
        "https://KEY:SECRET@HOST:PORT/BUCKET, or nothing",
        _matching(r"(https?://[^\s/@]+:[^\s/@]+@[^\s/]+/[^\s/?]+(\?region=[\w-]+)?)?"),
    ),
    Setting("SUPPORT_PHOTOS_DIR", "{SUPPORT_VAR}/photos", "a folder", bool),
    Setting("SUPPORT_MAIL_DIR", "{SUPPORT_VAR}/mail", "a folder", bool),
    Setting("SUPPORT_MAIL_ADDRESS", "support@soocas.example", "an e-mail address", _matching(r"[\w.-]{1,20}@[\w.-]+")),
    Setting("SUPPORT_MAIL_NAME", "SOOCAS Support", "a name", bool),
    Setting("SUPPORT_MAIL_IN", "", "imaps://USER:PASSWORD@HOST:PORT/FOLDER, or nothing", _mail_server("imap")),
    Setting("SUPPORT_MAIL_OUT", "", "smtps://USER:PASSWORD@HOST:PORT, or nothing", _mail_server("smtp")),
    Setting("SUPPORT_MAIL_ARCHIVE", "", "an e-mail address, or nothing", _matching(r"([\w.+-]+@[\w.-]+)?")),
    Setting("SUPPORT_MAIL_ARCHIVE_IN", "", "imaps://USER:PASSWORD@HOST:PORT/FOLDER, or nothing", _mail_server("imap")),
    Setting("SUPPORT_MAIL_AUTHORITY", "", "a host name, or nothing", _matching(r"[\w.-]*")),
    Setting("SUPPORT_MAIL_LOOK_S", "0.25", "seconds above 0", _seconds),
    Setting("SUPPORT_ORDER_PREFIX", "SC", "1 to 6 letters", _matching(r"[A-Za-z]{1,6}")),
    Setting("SUPPORT_DOMAIN", str(ROOT / "domain.yml"), "a file", bool),
    Setting("SUPPORT_HOURS", "18:30-04:00", "HH:MM-HH:MM", _matching(rf"{TIME}-{TIME}")),
    Setting("SUPPORT_HOURS_TIMEZONE", "America/Los_Angeles", "an IANA name such as Europe/Vienna", _timezone),
    Setting("SUPPORT_TURNS_AT_ONCE", "16", "a whole number above 0", _matching(r"[1-9]\d*")),
    Setting("SUPPORT_TURN_TIMEOUT_S", "30", "seconds above 0", _seconds),
    Setting("SUPPORT_TURN_PATIENCE_S", "60", "seconds above 0", _seconds),
    Setting("SUPPORT_TURN_LEASE_S", "15", "seconds above 0, at most 120", lambda v: _seconds(v) and float(v) <= 120),
    Setting("SUPPORT_REMIND_CUSTOMER_HOURS", "39", "hours", _hours),
    Setting("SUPPORT_REMIND_DESK_HOURS", "24", "hours", _hours),
    Setting("SUPPORT_CLOSE_CASES_DAYS", "14", "a whole number of days, 0 for never", _matching(r"\d{1,4}")),
    Setting("SUPPORT_RETURN_ADDRESS", "", "an address in one line, or nothing", _matching(r"[^\n]{0,300}")),
    Setting("SUPPORT_HELPDESK_URL", "", "https://USER:PASSWORD@HOST/ROOT/, or nothing", _matching(r"(https?://\S+)?")),
    Setting("SUPPORT_HELPDESK_QUEUE", "1", "the number of a queue", _matching(r"[1-9]\d*")),
    Setting(
        "SUPPORT_HELPDESK_AGENTS",
        "",
        "NUMBER=NAME with commas between, or nothing",
        _matching(r"(\s*\d+\s*=[^,=]+(,\s*\d+\s*=[^,=]+)*)?"),
    ),
    Setting("SUPPORT_LIMIT_MESSAGES", "120/30", "COUNT/SECONDS, or 0 for no limit", _limit),
    Setting("SUPPORT_LIMIT_PHOTOS", "40/60", "COUNT/SECONDS, or 0 for no limit", _limit),
    Setting("SUPPORT_LIMIT_PHOTOS_OF_ADDRESS", "200/60", "COUNT/SECONDS, or 0 for no limit", _limit),
    Setting("SUPPORT_LIMIT_CONVERSATIONS", "600/60", "COUNT/SECONDS, or 0 for no limit", _limit),
    Setting("SUPPORT_LIMIT_REQUESTS", "3000/10", "COUNT/SECONDS, or 0 for no limit", _limit),
    Setting("SUPPORT_KEEP_PHOTOS_DAYS", "365", "a whole number of days, 0 for good", _matching(r"\d{1,5}")),
    Setting("SUPPORT_KEEP_TRANSCRIPTS_DAYS", "730", "a whole number of days, 0 for good", _matching(r"\d{1,5}")),
    Setting(
        "SUPPORT_HEARTBEAT_S", "15", "seconds above 0, at most 30", lambda value: _seconds(value) and float(value) <= 30
    ),
    Setting("SUPPORT_KEEP_UNSENT_PHOTOS_HOURS", "24", "hours above 0", _seconds),
    Setting("SUPPORT_PROXIES", "0", "a whole number", _matching(r"\d+")),
    Setting(
        "SUPPORT_CORS_ORIGINS",
        "",
        "https://HOST with commas between, without a path, or nothing",
        _matching(r"(https?://[^\s,/]+(,https?://[^\s,/]+)*)?"),
    ),
    Setting("SUPPORT_LOG_FORMAT", "text", "text or json", _matching("text|json")),
    Setting("SUPPORT_DEMO_ORDERS", "1", "1 or 0", _matching("[01]")),
    Setting("SUPPORT_SECRET_KEY", "", "at least 32 characters", lambda value: not value or len(value) >= 32),
    Setting(
        "SUPPORT_INTERNAL_TOKEN",
        "",
        "at least 16 of letters, digits, - and _, the first not a -",
        _matching(r"([A-Za-z0-9_][A-Za-z0-9_-]{15,})?"),
    ),
)
PORTS = ("SUPPORT_WEB_PORT", "SUPPORT_RASA_PORT", "SUPPORT_ACTIONS_PORT", "SUPPORT_MAILROOM_PORT")


def read_settings(environ: Mapping[str, str]) -> dict[str, str]:
    """All settings by name, defaults filled in. Raises Problem: a value that is not taken, an unknown SUPPORT_ name."""
    values: dict[str, str] = {}
    for setting in SETTINGS:
        value = environ.get(setting.name, "").strip() or setting.default.format_map(values | _own_addresses(values))
        if not setting.accepts(value):
            raise Problem(f"{setting.name} is {_shown(setting.name, value)}: it takes {setting.takes}")
        values[setting.name] = str(Path(value).absolute()) if setting.name == "SUPPORT_VAR" else value
    for name in sorted(environ):
        if name.startswith("SUPPORT_") and name not in values:
            near = difflib.get_close_matches(name, values, 1)
            raise Problem(f"{name} is no setting" + (f": did you mean {near[0]}?" if near else " (see .env.example)"))
    for index, name in enumerate(PORTS):
        for other in PORTS[:index]:
            for port in sorted({*ports_of(values, name)} & {*ports_of(values, other)}):
                raise Problem(f"{other} and {name} are both {port}: each takes a port of its own")
    return values


def ports_of(values: Mapping[str, str], name: str) -> range:
    """The ports behind the setting of a port: as many as there are processes, one after the other."""
    first = int(values[name])
    return range(first, first + int(values.get(name.replace("_PORT", "_PROCESSES"), "1")))


def reachable(host: str) -> str:
    """Where this machine itself reaches a server that listens on host."""
    if host in ("0.0.0.0", "::"):
        return "127.0.0.1"
    return f"[{host}]" if ":" in host else host


def _own_addresses(values: Mapping[str, str]) -> dict[str, str]:
    """The addresses of the processes on this machine that other processes call."""
    host = reachable(values.get("SUPPORT_INNER_HOST", ""))
    return {
        f"{name}_PROCESSES": " ".join(f"http://{host}:{port}" for port in ports_of(values, f"SUPPORT_{name}_PORT"))
        for name in ("RASA", "ACTIONS")
        if f"SUPPORT_{name}_PROCESSES" in values
    }


def _shown(name: str, value: str) -> str:
    """The value as a log may have it: no secret, no password in an address."""
    if name in ("SUPPORT_SECRET_KEY", "SUPPORT_INTERNAL_TOKEN"):
        return f"a secret of {len(value)} characters"
    return repr(re.sub(r"(//[^/@]*?):[^/@]*@", r"\1:…@", value))


def read_environ(environ: Mapping[str, str] = os.environ, file: Path = ROOT / ".env") -> dict[str, str]:
    """The environment, with what .env adds to it; the environment wins."""
    import environ as django_environ

    merged = dict(environ)
    if file.is_file():
        scheme = type("FileEnv", (django_environ.Env,), {"ENVIRON": merged})
        scheme.read_env(file)
    return merged


def for_children(environ: Mapping[str, str], values: Mapping[str, str]) -> dict[str, str]:
    """The environment of every process we start: all settings spelled out, libraries quiet, nothing phoning home."""
    quiet = {
        "PYTHONUNBUFFERED": "1",
        "PYTHONWARNINGS": "ignore",
        "RASA_TELEMETRY_ENABLED": "false",
        "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
        "TF_CPP_MIN_LOG_LEVEL": "3",
        "HF_HUB_OFFLINE": "1",
        "DJANGO_SETTINGS_MODULE": "support.settings",
    }
    return {**environ, **quiet, **values}
