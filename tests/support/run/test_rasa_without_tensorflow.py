"""Rasa's process does without TensorFlow, unless config.yml names a component that needs it."""

import subprocess
import sys
from pathlib import Path

import pytest

from support.run.environment import ROOT
from support.run.rasa import COMPONENTS
from support.run.stack import Stack

LOAD = """
import sys
from pathlib import Path
from support.run.rasa import leave_tensorflow_out
print(leave_tensorflow_out(Path(sys.argv[1])))
import rasa.core.agent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
print(DefaultV1Recipe._from_registry("RulePolicy").clazz.__name__)
print("tensorflow" in sys.modules)
for name in sys.argv[2:]:
    try:
        print(name, DefaultV1Recipe._from_registry(name).clazz.__name__)
    except Exception as error:
        print(name, type(error).__name__)
"""


def told(*arguments: str) -> list[str]:
    done = subprocess.run([sys.executable, "-W", "ignore", "-c", LOAD, *arguments], cwd=ROOT, stdout=subprocess.PIPE)
    return done.stdout.decode().split("\n")[:-1]


def test_our_configuration_needs_none_of_it() -> None:
    left_out = sorted(COMPONENTS.values())
    others = [f"{name} InvalidConfigException" for name in left_out]
    assert told("config.yml", *left_out) == ["True", "RulePolicy", "False", *others]


@pytest.mark.parametrize("name", ["DIETClassifier", "TEDPolicy"])
def test_who_names_such_a_component_gets_rasa_whole(name: str, tmp_path: Path) -> None:
    config = tmp_path / "config.yml"
    config.write_text(f"recipe: default.v1\npipeline:\n  - name: {name}\n")
    assert told(str(config), name) == ["False", "RulePolicy", "True", f"{name} {name}"]


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_the_running_process_has_not_loaded_it(stack: Stack) -> None:
    maps = Path(f"/proc/{stack.pid('rasa')}/maps").read_text()
    assert "onnxruntime" in maps
    assert "tensorflow" not in maps
