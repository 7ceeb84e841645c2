"""Where `make bench` books a sample: to the innermost frame that a part names; and that samples are taken at all."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.bench_parts import LOOP, OTHER, PARTS, SAMPLER, Parts, by_part, part_of
from tests.servers.programs import until


def test_the_innermost_frame_that_is_known_names_the_part():
    frames = ["numpy/core.py:dot", "nlu/encoder.py:encode", "nlu/classifier.py:process", "channels/turn.py:run_turn"]
    assert part_of(PARTS["rasa"], frames) == "understand: features (sentence encoder)"
    assert part_of(PARTS["rasa"], frames[2:]) == "understand: classifier"


def test_a_file_of_the_same_name_elsewhere_is_another_one():
    assert part_of({"policy": ("policy/",)}, ["site/policy/x.py:f"]) == OTHER


def test_a_sample_without_a_frame_is_the_loops():
    assert part_of(PARTS["web"], []) == LOOP


def test_small_parts_go_to_the_rest_which_stands_last():
    samples = [(["nlu/encoder.py:f"], 30.0), (["nlu/gate.py:f"], 0.1), (["x.py:f"], 50.0), (["sanic/app.py:f"], 20.0)]
    found = by_part(PARTS["rasa"], samples, turns=10)
    assert list(found) == ["understand: features (sentence encoder)", "HTTP server", OTHER]
    assert found[OTHER] == pytest.approx(5.01)
    assert sum(found.values()) == pytest.approx(10.01)


def test_the_table_has_milliseconds_and_shares_of_the_process():
    found = Parts({"web": {"claim": 1.0, "else": 3.0}}, {}).lines("server")
    assert next(found) == "| server | web | claim | 1.00 | 25 % |"


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_a_process_that_computes_is_seen_computing(tmp_path):
    program = "import os, time\nprint(flush=True)\ndef compute():\n while True: sum(range(1000))\ncompute()"
    environ = {**os.environ, "PYTHONPATH": str(SAMPLER), "BENCH_SAMPLES": str(tmp_path)}
    process = subprocess.Popen([sys.executable, "-c", program], env=environ, stdout=subprocess.PIPE)
    try:
        process.stdout.readline()
        process.send_signal(signal.SIGUSR1)
        spent = process_ms(process.pid)
        until(lambda: process_ms(process.pid) > spent + 200, 20)
        process.send_signal(signal.SIGUSR1)
        written = tmp_path / f"{process.pid}.json"
        until(written.exists, 20)
    finally:
        process.kill()
        process.wait()
    samples = json.loads(written.read_text())
    computing = sum(ms for frames, ms in samples if "<string>:compute" in frames)
    assert computing > 0.5 * sum(ms for _, ms in samples) > 0


def process_ms(pid: int) -> float:
    return int(Path(f"/proc/{pid}/schedstat").read_text().split()[0]) / 1e6
