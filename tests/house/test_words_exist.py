"""All words the bot says are in domain.yml, and what is named there exists."""

import ast
import importlib
import re

import yaml
from rasa_sdk.executor import ActionExecutor

from tests.house.source import ROOT, module_name, modules, strings_of, tree_of

ACTIONS = [file for file in modules() if module_name(file).startswith("actions")]
DOMAIN = ROOT / "domain.yml"


def domain() -> dict:
    return yaml.safe_load(DOMAIN.read_text())


def test_every_response_an_action_names_is_in_the_domain():
    responses = set(domain()["responses"])
    named = {text for file in ACTIONS for text in strings_of(file) if re.fullmatch(r"utter_\w+", text)}
    whole = {name for name in named if not name.endswith("_")}
    assert whole - responses == set()
    for beginning in named - whole:  # the fixed part of an f"utter_ask_{fact}"
        assert any(name.startswith(beginning) for name in responses), f"no response begins with {beginning}"


def test_every_action_of_the_domain_is_written():
    executor = ActionExecutor()
    executor.register_package("actions")
    named = {next(iter(action)) if isinstance(action, dict) else action for action in domain().get("actions", ())}
    assert {name for name in named if not name.startswith("utter_")} - set(executor.actions) == set()


def test_no_action_says_a_text_of_its_own():
    for file in ACTIONS:
        for node in ast.walk(tree_of(file)):
            if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "utter_message":
                assert "text" not in {given.arg for given in node.keywords}, f"{module_name(file)}:{node.lineno}"
                assert not node.args, f"{module_name(file)}:{node.lineno}: a text by position"


def test_every_channel_of_the_credentials_imports():
    """Rasa reports an import error inside a channel as "Failed to find input channel class"."""
    for name in yaml.safe_load((ROOT / "credentials.yml").read_text()):
        module, _, class_name = name.rpartition(".")
        if module:
            assert getattr(importlib.import_module(module), class_name)
