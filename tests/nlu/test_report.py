"""The parts of make nlu-report, on a handful of messages whose figures are known by hand."""

import random

import numpy as np
import pytest
import yaml

from benchmarks import nlu_plots, nlu_words
from benchmarks.nlu_default import default_pipeline, write_lines
from benchmarks.nlu_figures import (
    NOBODY,
    OUT_OF_SCOPE,
    Judged,
    by_intent,
    calibration,
    confusion_matrix,
    confusions,
    gate_curve,
    hint3,
    routes,
)
from benchmarks.nlu_report import Default, Outside, typing_errors, unpunctuated


def judged(right, zone, *names, sure=0.8):
    rest = (1 - sure) / max(1, len(names) - 1)
    return Judged([(name, sure if i == 0 else rest) for i, name in enumerate(names)], zone, frozenset(right.split()))


JUDGED = [
    judged("refund", "accept", "refund", "broken", "hello", OUT_OF_SCOPE),
    judged("refund", "ask", "broken", "hello", "refund", OUT_OF_SCOPE, sure=0.3),
    judged("broken", "accept", "refund", "broken", "hello", OUT_OF_SCOPE),
    judged("broken hello", "accept", "hello", "refund", "broken", OUT_OF_SCOPE),
    judged(OUT_OF_SCOPE, "accept", OUT_OF_SCOPE, "refund", "broken", "hello", sure=0.9),
    judged(OUT_OF_SCOPE, "accept", "hello", "refund", "broken", OUT_OF_SCOPE, sure=0.5),
]


def test_routes_are_counted_by_zone():
    found = routes(JUDGED)
    assert (found.ours, found.foreign) == (4, 2)
    assert (found.forced, found.at_once, found.offered, found.wrong) == (0.5, 0.5, 0.75, 0.25)
    assert found.accepted == 0.5


def test_every_intent_has_precision_recall_and_f1_the_weakest_first():
    scores = {one.intent: one for one in by_intent(JUDGED)}
    assert (scores["refund"].precision, scores["refund"].recall, scores["refund"].lines) == (0.5, 0.5, 2)
    assert by_intent(JUDGED)[0].intent == "broken"


def test_confusions_say_what_was_meant_and_what_was_understood():
    assert (("broken", "refund"), 1) in confusions(JUDGED)
    labels, matrix = confusion_matrix(JUDGED)
    assert matrix.sum(axis=1) == pytest.approx(np.ones(len(labels)))


def test_calibration_is_the_distance_of_confidence_from_the_share_that_is_right():
    bins, error = calibration([judged("a", "accept", "a", sure=0.75), judged("b", "accept", "a", sure=0.75)])
    assert [(one.confidence, one.accuracy, one.messages) for one in bins] == [(0.75, 0.5, 2)]
    assert error == 0.25


def test_the_gate_lets_fewer_in_the_higher_its_limit():
    posts, area = gate_curve(JUDGED)
    assert [one.ours for one in posts] == sorted((one.ours for one in posts), reverse=True)
    assert 0.5 < area <= 1


def test_hint3_takes_the_best_threshold():
    found = hint3(["a", "b", NOBODY], ["a", "b", "a"], [0.9, 0.8, 0.1])
    assert (found.forced, found.auc, found.mcc) == (1, 1, 1)


def test_pictures_are_drawn(tmp_path):
    bins, error = calibration(JUDGED)
    nlu_plots.draw_calibration(bins, error, tmp_path / "calibration.png")
    nlu_plots.draw_confusions(*confusion_matrix(JUDGED), tmp_path / "confusion.png")
    assert all((tmp_path / name).read_bytes()[:4] == b"\x89PNG" for name in ("calibration.png", "confusion.png"))


COST = {"all": 9.0, "seconds": 20.0, "cpu": 30.0, "memory_mb": 700.0, "load": 0.5}


def test_without_the_outside_sets_the_summary_says_so():
    assert nlu_words.SKIPPED in nlu_words.summary(6, JUDGED, {"strangers": JUDGED}, 0.1, None, COST)


def test_the_summary_holds_ours_beside_the_default():
    found, paper = routes(JUDGED), hint3(["a", NOBODY], ["a", "a"], [0.9, 0.1])
    cost = {"seconds": 99.0, "cpu": 199.0, "milliseconds": 11.0, "memory_mb": 1500.0, "epochs": 40}
    worse = {"upper case": found, "two typing errors, draw 1": found}
    outside = Outside(found, paper, worse, Default(found, paper, cost))
    text = nlu_words.summary(6, JUDGED, {"strangers": JUDGED}, 0.1, outside, COST)
    assert text.count("| Rasa's default") == 3
    assert "cost 0.0 points" in text
    assert "40 of its 100 epochs" in text


def test_the_default_can_be_kept_for_a_later_run(tmp_path):
    default = Default(routes(JUDGED), hint3(["a", NOBODY], ["a", "a"], [0.9, 0.1]), {"seconds": 9.0})
    default.write(tmp_path / "default.json")
    assert Default.read(tmp_path / "default.json") == default


def test_a_default_that_was_kept_is_called_so():
    found, paper = routes(JUDGED), hint3(["a", NOBODY], ["a", "a"], [0.9, 0.1])
    cost = {"seconds": 99.0, "cpu": 199.0, "milliseconds": 11.0, "memory_mb": 1500.0, "epochs": 100}
    outside = Outside(found, paper, {"two typing errors, draw 1": found}, Default(found, paper, cost), kept=True)
    assert "trained in an earlier run" in nlu_words.summary(6, JUDGED, {"strangers": JUDGED}, 0.1, outside, COST)


def test_the_terminal_gets_every_part_of_the_cross_validation():
    text = "\n".join(nlu_words.print_lines(JUDGED, *calibration(JUDGED), *gate_curve(JUDGED)))
    assert all(word in text for word in ("precision", "most confused", "calibration", "out of scope"))


def test_the_default_is_rasas_own():
    assert "DIETClassifier" in [one["name"] for one in default_pipeline()["pipeline"]]


def test_lines_survive_the_way_to_rasa(tmp_path):
    write_lines([["a [b](c): 'd'", "x"], ["two\nlines", "y"]], tmp_path / "nlu.yml")
    blocks = yaml.safe_load((tmp_path / "nlu.yml").read_text())["nlu"]
    assert [block["examples"] for block in blocks] == ["- a (b)(c): 'd'\n", "- two lines\n"]


@pytest.mark.parametrize("draw", range(20))
def test_typing_errors_leave_short_words_alone(draw):
    typed = typing_errors("it has a toothbrush", random.Random(draw))
    assert typed.startswith("it has a ")
    assert len(typed) in range(17, 22)


def test_without_signs_words_stay_words_and_addresses_addresses():
    assert unpunctuated("it's dead!! ok..pls, mail dana@example.com") == "its dead ok pls mail dana@example.com"


def test_nothing_to_mistype_stays():
    assert typing_errors("a b 123", random.Random(0)) == "a b 123"
