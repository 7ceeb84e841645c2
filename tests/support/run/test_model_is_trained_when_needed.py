"""A model is named by what it was trained from. Training here is done by a small stand-in for Rasa's modules."""

import os
import subprocess
import sys

import pytest

from support.run.environment import ROOT
from support.run.model import KEPT_MODELS, fingerprint, train, trained_model
from support.run.problem import Problem
from tests.servers.confined import confined

STAND_IN = """
import pathlib, sys
print("2026-11-22 10:00:00 INFO  rasa.engine.training.hooks  - Starting to train component 'SentenceEncoder'.")
print("2026-11-22 10:00:00 INFO  rasa.engine.training.hooks  - Finished training component 'SentenceEncoder'.")
if "broken" in pathlib.Path("config.yml").read_text():
    sys.exit("InvalidConfigException: no such component")
out = pathlib.Path(sys.argv[sys.argv.index("--out") + 1])
out.joinpath(sys.argv[sys.argv.index("--fixed-model-name") + 1]).write_text("a model")
"""
WHAT_IT_STANDS_IN_FOR = {"__init__": "", "model_training": "", "engine/runner/dask": "class DaskGraphRunner: pass"}


@pytest.fixture
def root(tmp_path):
    for name in ("config.yml", "domain.yml", "requirements.lock"):
        (tmp_path / name).write_text(name)
    for folder in ("data/nlu", "nlu", "models"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "data" / "nlu" / "returns.yml").write_text("nlu: []")
    (tmp_path / "nlu" / "encoder.py").write_text("")
    for module, text in {**WHAT_IT_STANDS_IN_FOR, "__main__": STAND_IN}.items():
        file = tmp_path / "rasa" / f"{module}.py"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    return tmp_path


def run(root, **options):
    said = []
    return train(root, {**os.environ}, said.append, **options), said


@pytest.mark.parametrize("name", ["config.yml", "domain.yml", "data/nlu/returns.yml", "nlu/encoder.py", "data/new.yml"])
def test_a_change_in_any_source_is_another_model(root, name):
    before = fingerprint(root)
    (root / name).write_text("changed")
    assert fingerprint(root) != before


def test_what_python_and_editors_leave_behind_is_no_change(root):
    before = fingerprint(root)
    (root / "nlu" / "encoder.pyc").write_text("x")
    (root / "data" / ".returns.yml.swp").write_text("x")
    assert fingerprint(root) == before


def test_a_missing_source_is_named(root):
    (root / "domain.yml").unlink()
    with pytest.raises(Problem, match=r"domain\.yml is missing .*git restore domain\.yml"):
        fingerprint(root)


def test_training_shows_its_steps_and_leaves_one_whole_model(root):
    assert trained_model(root) is None
    model, said = run(root)
    assert model == trained_model(root)
    assert "training SentenceEncoder" in said
    assert [file.name for file in (root / "models").iterdir()] == [model.name]


def test_unchanged_data_is_not_trained_again(root):
    run(root)
    (root / "rasa" / "__main__.py").write_text("raise SystemExit('asked to train')")
    assert run(root)[1] == []


def test_training_can_be_forced(root):
    run(root)
    assert "training SentenceEncoder" in run(root, force=True)[1]


def test_failed_training_says_why_and_leaves_no_model(root):
    (root / "config.yml").write_text("broken")
    with pytest.raises(Problem, match=r"training failed: .*no such component"):
        run(root)
    assert list((root / "models").iterdir()) == []


def test_a_model_that_was_not_finished_is_not_used_and_goes_away(root):
    left_over = root / "models" / f"{fingerprint(root)}.unfinished.tar.gz"
    left_over.write_text("half")
    assert trained_model(root) is None
    run(root)
    assert not left_over.exists()


def test_the_models_used_last_are_kept(root):
    names = []
    for number in range(KEPT_MODELS + 2):
        (root / "config.yml").write_text(str(number))
        model, _ = run(root)
        os.utime(model, (number, number))
        names.append(model.name)
    assert sorted(file.name for file in (root / "models").iterdir()) == sorted(names[-KEPT_MODELS:])


def test_a_model_that_lies_where_nobody_can_write_is_used(root):
    model, _ = run(root)
    asked = "from support.run.model import *; print(trained_model(Path(sys.argv[1])))"
    command = confined([sys.executable, "-c", asked, str(root)])
    found = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert found.stdout.strip() == str(model), found.stderr
