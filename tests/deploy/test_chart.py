"""deploy/helm rendered by the real Helm, held against Kubernetes' own schemas, and against what our processes are."""

import json
import re
import subprocess
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from support.run.child import GRACE_SECONDS
from support.run.environment import ROOT, SETTINGS, read_settings
from support.run.health import ADDRESSES
from tests.deploy.composition import DEPLOY, SECRETS

TOOLS = ROOT / ".tools" / "deploy"
SCHEMAS = TOOLS / "kubernetes_validate" / "kubernetes-json-schema"
DEFINITIONS = "https://kubernetes.io/api/_definitions.json"
VERSIONS = ("v1.28.0", "v1.32.0", "v1.37.0")  # the oldest that the chart takes, one between, the newest
MORE = ("ingress.enabled=true", "ingress.tlsSecret=tls", "rasa.replicas=3", "data.storageClass=fast", "image.tag=1.2.3")
KNOWN = {setting.name for setting in SETTINGS}
PORTS = {kind: int(read_settings({})[port]) for kind, (_, port, _) in ADDRESSES.items()}


def helm(*arguments: str) -> subprocess.CompletedProcess[str]:
    subprocess.run([str(ROOT / "tests" / "deploy" / "tools" / "install.sh")], check=True)
    return subprocess.run([str(TOOLS / "helm" / "helm"), *arguments], capture_output=True, text=True)


@cache
def rendered(*values: str) -> list[dict[str, Any]]:
    done = helm("template", "shop", str(DEPLOY / "helm"), *(f"--set={value}" for value in values))
    assert done.returncode == 0, done.stderr
    return [one for one in yaml.safe_load_all(done.stdout) if one]


def check(one: dict[str, Any], schemas: Path, name: str) -> None:
    """Raises ValidationError for a field that is missing, unknown or of another type."""
    jsonschema.validate(one, json.loads((schemas / f"{name}.json").read_text()), resolver=_resolver(schemas))


@cache  # it remembers what it has found, and finding costs it a walk through thousands of definitions
def _resolver(schemas: Path) -> jsonschema.RefResolver:
    """Finds what the schemas of a version refer to, all of it in one file."""
    return jsonschema.RefResolver(DEFINITIONS, json.loads((schemas / "_definitions.json").read_text()))


def of_kind(*kinds: str, values: tuple[str, ...] = ()) -> dict[str, dict[str, Any]]:
    return {one["metadata"]["name"]: one for one in rendered(*values) if one["kind"] in kinds}


def pods() -> dict[str, dict[str, Any]]:
    """The pod of each kind of process."""
    found = of_kind("Deployment", "StatefulSet", "Job").values()
    specs = [one["spec"]["template"]["spec"] for one in found]
    return {spec["containers"][0]["name"]: spec for spec in specs}


def environment(kind: str) -> dict[str, str]:
    return {one["name"]: one.get("value", "") for one in pods()[kind]["containers"][0]["env"]}


def test_helm_finds_nothing_wrong() -> None:
    done = helm("lint", "--strict", str(DEPLOY / "helm"))
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("values", [(), MORE])
@pytest.mark.parametrize("version", VERSIONS)
def test_kubernetes_knows_every_field(version: str, values: tuple[str, ...]) -> None:
    for one in rendered(*values):
        group, _, of_group = one["apiVersion"].rpartition("/")
        words = [one["kind"].lower(), *([group.split(".")[0]] if group else []), of_group]
        check(one, SCHEMAS / f"{version}-local-strict", "-".join(words))


def test_a_field_that_kubernetes_does_not_know_would_be_noticed() -> None:
    one = next(iter(of_kind("Deployment").values()))
    spec = one["spec"] | {"replica": 2}
    with pytest.raises(jsonschema.ValidationError, match="replica"):
        check(one | {"spec": spec}, SCHEMAS / f"{VERSIONS[0]}-local-strict", "deployment-apps-v1")


def test_each_kind_of_process_runs_by_its_command() -> None:
    assert {kind: spec["containers"][0]["args"] for kind, spec in pods().items()} == {
        kind: ["run", kind] for kind in (*ADDRESSES, "prepare")
    }
    for kind, spec in pods().items():
        container = spec["containers"][0]
        assert re.fullmatch(r"soocas-support:\d+\.\d+\.\d+", container["image"])
        assert container["resources"]["limits"]["memory"]
        assert container["resources"]["requests"].keys() == {"cpu", "memory"}, kind


@pytest.mark.parametrize("kind", ADDRESSES)
def test_a_pod_is_asked_for_its_health_where_it_says_it_and_given_time_to_end(kind: str) -> None:
    container = pods()[kind]["containers"][0]
    assert container["ports"] == [{"name": "http", "containerPort": PORTS[kind]}]
    alive, ready = (container[probe]["httpGet"] for probe in ("livenessProbe", "readinessProbe"))
    assert alive == container["startupProbe"]["httpGet"] == {"path": ADDRESSES[kind][2], "port": "http"}
    assert ready["path"].partition("?")[0] == ADDRESSES[kind][2].replace("health", "ready")
    waits = float(container["lifecycle"]["preStop"]["exec"]["command"][1])
    assert pods()[kind]["terminationGracePeriodSeconds"] > waits + GRACE_SECONDS + 10


def test_web_takes_messages_while_rasa_is_away() -> None:
    assert pods()["web"]["containers"][0]["readinessProbe"]["httpGet"]["path"] == "/ready?own"


@pytest.mark.parametrize("kind", [*ADDRESSES, "prepare"])
def test_a_pod_may_do_nothing_that_it_need_not(kind: str) -> None:
    spec = pods()[kind]
    assert spec["securityContext"]["runAsNonRoot"] is True
    assert f"USER {spec['securityContext']['runAsUser']}:" in (DEPLOY / "Containerfile").read_text()
    assert spec["automountServiceAccountToken"] is False
    assert spec["enableServiceLinks"] is False  # else a Service's name would become a setting
    assert spec["containers"][0]["securityContext"] == {
        "allowPrivilegeEscalation": False, "readOnlyRootFilesystem": True, "capabilities": {"drop": ["ALL"]},
    }  # fmt: skip


def test_every_support_name_is_a_setting_and_no_secret_is_in_the_chart() -> None:
    for file in (DEPLOY / "helm").rglob("*"):
        if file.is_file():
            assert set(re.findall(r"SUPPORT_[A-Z_]+[A-Z]", file.read_text())) - KNOWN == set(), file
    assert not [one for one in rendered() if one["kind"] == "Secret"]
    given = {"SUPPORT_DATABASE_URL": "postgres://h/d", "SUPPORT_TRACKER_URL": "postgresql://h/d"}
    secrets = {name: value for name, value in SECRETS.items() if name.startswith("SUPPORT_")}
    for kind in pods():
        plain = {name: value for name, value in environment(kind).items() if value}
        read_settings(given | secrets | plain)


def test_rasa_is_given_by_name_what_it_needs_and_no_key_of_djangos() -> None:
    container = pods()["rasa"]["containers"][0]
    assert "envFrom" not in container
    named = {one["valueFrom"]["secretKeyRef"]["key"] for one in container["env"] if "valueFrom" in one}
    assert named == {"SUPPORT_INTERNAL_TOKEN", "SUPPORT_TRACKER_URL", "SUPPORT_REDIS_URL", "SUPPORT_BROKER_URL"}


@pytest.mark.parametrize("values", [(), MORE])
def test_the_addresses_in_the_settings_are_pods_and_services(values: tuple[str, ...]) -> None:
    services = of_kind("Service", values=values)
    (rasa,) = of_kind("StatefulSet", values=values).values()
    governing = services[rasa["spec"]["serviceName"]]
    assert governing["spec"]["clusterIP"] == "None"
    names = [f"{rasa['metadata']['name']}-{place}" for place in range(rasa["spec"]["replicas"])]
    web = next(one for name, one in of_kind("Deployment", values=values).items() if name.endswith("-web"))
    given = {one["name"]: one.get("value") for one in web["spec"]["template"]["spec"]["containers"][0]["env"]}
    expected = [f"http://{name}.{governing['metadata']['name']}:{PORTS['rasa']}" for name in names]
    assert given["SUPPORT_RASA_URL"].split(" ") == expected
    host, port = given["SUPPORT_ACTIONS_URL"].removeprefix("http://").split(":")
    assert services[host]["spec"]["ports"][0]["port"] == int(port) == PORTS["actions"]


def test_only_web_is_open_and_each_other_is_reached_by_who_calls_it() -> None:
    callers = {}
    for policy in of_kind("NetworkPolicy").values():
        assert policy["spec"]["policyTypes"] == ["Ingress"]
        kind = policy["spec"]["podSelector"]["matchLabels"]["app.kubernetes.io/component"]
        rules = policy["spec"]["ingress"] or []
        callers[kind] = [
            peer["podSelector"]["matchLabels"]["app.kubernetes.io/component"]
            for rule in rules
            for peer in rule.get("from", [])
        ]
        assert all("from" in rule for rule in rules) == (kind != "web")
    assert callers == {"web": [], "rasa": ["web"], "actions": ["rasa"], "mailroom": []}


def test_the_tables_are_brought_up_to_date_before_the_pods_change() -> None:
    (job,) = of_kind("Job").values()
    assert job["metadata"]["annotations"]["helm.sh/hook"] == "pre-install,pre-upgrade"
    assert job["spec"]["template"]["spec"]["restartPolicy"] == "Never"


def test_of_several_pods_one_goes_at_a_time() -> None:
    assert {name.rpartition("-")[2] for name in of_kind("PodDisruptionBudget")} == {"web", "rasa", "actions"}
    assert not of_kind("PodDisruptionBudget", values=("web.replicas=1", "rasa.replicas=1", "actions.replicas=1"))


def test_letters_are_where_web_and_mailroom_both_find_them() -> None:
    (claim,) = of_kind("PersistentVolumeClaim")
    holders = {
        kind
        for kind, spec in pods().items()
        for volume in spec["volumes"]
        if volume.get("persistentVolumeClaim", {}).get("claimName") == claim
    }
    assert holders == {"web", "mailroom"}


def test_an_ingress_is_there_when_it_is_wanted() -> None:
    assert not of_kind("Ingress")
    (ingress,) = of_kind("Ingress", values=MORE).values()
    backend = ingress["spec"]["rules"][0]["http"]["paths"][0]["backend"]["service"]
    assert of_kind("Service")[backend["name"]]["spec"]["ports"][0]["name"] == backend["port"]["name"]
