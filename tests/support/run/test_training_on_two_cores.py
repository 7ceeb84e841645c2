"""`rasa train`, as we start it, runs at once what does not need each other: the whole of Rasa, components that meet."""

import os
import subprocess
import sys

import pytest

from support.run.environment import ROOT
from support.run.rasa import multiply_alike, processor_flags

CONFIG = """
recipe: default.v1
assistant_id: small
language: en
pipeline: [{name: KeywordIntentClassifier}, {name: meeting.One}, {name: meeting.Other}]
policies: [{name: RulePolicy}]
"""
DOMAIN = 'version: "3.1"\nintents: [greet, thank]\nresponses: {utter_greet: [{text: Hello}]}\n'
DATA = """
version: "3.1"
nlu:
  - {intent: greet, examples: "- hello\\n- good day"}
  - {intent: thank, examples: "- thanks\\n- thank you"}
rules:
  - {rule: greet, steps: [{intent: greet}, {action: utter_greet}]}
"""
MEETING = """
import threading
from typing import Any, Dict, List
import numpy
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from threadpoolctl import threadpool_info

MET = threading.Barrier(2, timeout=WAIT)

class One(GraphComponent):
    def __init__(self, resource):
        self.resource = resource

    @classmethod
    def create(
        cls,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ):
        return cls(resource)

    def train(self, training_data: TrainingData) -> Resource:
        MET.wait()
        threads = {one["num_threads"] for one in threadpool_info() if one["user_api"] == "blas"}
        print(f"threads of BLAS: {threads}\\n", end="")
        return self.resource

    def process(self, messages: List[Message]) -> List[Message]:
        return messages

class Other(One):
    pass

for component in (One, Other):
    DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)(component)
"""


@pytest.fixture
def train(tmp_path):
    for name, text in (("config.yml", CONFIG), ("domain.yml", DOMAIN), ("data/all.yml", DATA)):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)

    def run(module, wait):
        (tmp_path / "meeting.py").write_text(MEETING.replace("WAIT", wait))
        environ = os.environ | {"PYTHONPATH": f"{ROOT}:{tmp_path}", "RASA_TELEMETRY_ENABLED": "false"}
        command = [
            sys.executable,
            "-W",
            "ignore",
            "-m",
            module,
            "train",
            "--skip-validation",
            "--fixed-model-name",
            "it",
        ]
        done = subprocess.run(
            command, cwd=tmp_path, env=environ, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        return done.returncode, done.stdout, (tmp_path / "models" / "it.tar.gz").is_file()

    return run


def test_two_steps_meet_and_products_stay_in_their_thread(train):
    code, said, made = train("support.run.rasa", wait="60")
    assert (code, made) == (0, True), said
    assert said.count("threads of BLAS: {1}") == 2


def test_a_step_that_fails_ends_the_training_as_it_does_at_rasa(train):
    code, said, made = train("support.run.rasa", wait="0")
    assert (code, made) == (1, False), said
    assert "Error running graph component for node train_meeting.One1." in said


MULTIPLIES = """
from support.run.rasa import multiply_alike, processor_flags
multiply_alike(processor_flags())
import numpy
from threadpoolctl import threadpool_info
print(*[one["architecture"] for one in threadpool_info() if one["user_api"] == "blas"])
"""


def test_matrices_are_multiplied_as_on_a_haswell_wherever_that_can_be():
    kept = {name: value for name, value in os.environ.items() if not name.startswith("OPENBLAS")}
    told = subprocess.run([sys.executable, "-c", MULTIPLIES], cwd=ROOT, env=kept, capture_output=True, text=True)
    assert (told.stdout.split() == ["Haswell"]) == ({"avx2", "fma"} <= set(processor_flags())), told.stderr


@pytest.mark.parametrize(
    ("flags", "before", "after"),
    [
        (["avx2", "fma"], None, "Haswell"),
        (["avx2", "fma"], "Zen", "Zen"),
        (["sse2", "avx"], None, None),
        ([], None, None),
    ],
)
def test_a_processor_without_avx2_and_a_setting_of_ones_own_are_left_alone(monkeypatch, flags, before, after):
    monkeypatch.setattr(os, "environ", {"OPENBLAS_CORETYPE": before} if before else {})
    multiply_alike(flags)
    assert os.environ.get("OPENBLAS_CORETYPE") == after
