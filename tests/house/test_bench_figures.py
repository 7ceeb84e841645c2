"""What `make bench` says of its measurements: percentiles of the turns, a row each; goals that can be missed."""

import pytest

from benchmarks.bench_default import DefaultTraining
from benchmarks.bench_figures import Row, Running
from benchmarks.bench_goals import Goal, goals
from benchmarks.bench_measured import Measured
from benchmarks.bench_report import table
from benchmarks.bench_streams import Streams


def row(profile: str, door: str, customers: int, ms: float, seconds: float = 10.0) -> Row:
    return Row(profile, door, customers, [ms] * 100, seconds, {"web": 250.0}, 0, 200)


def test_a_row_has_rate_percentiles_and_cpu_of_each_turn():
    measured = Row("embedded", "chat", 8, [float(ms) for ms in range(100, 0, -1)], 10.0, {"web": 250.0}, 1, 210)
    assert measured.line() == "| embedded | chat | 8 | 10 | 51 | 96 | 100 | 1 | 2.1 | web 2.5 |"


def test_replicas_of_a_process_are_counted_together():
    running = Running("server, 2 rasas", 1, 2, {"rasa": 700.0, "rasa-2": 710.0, "web": 100.0})
    assert running.memory_of("rasa") == 1410
    assert Row("x", "chat", 1, [1, 1], 1, {"rasa": 10, "rasa-2": 20, "web": 5}, 0, 0).cpu_a_turn("rasa") == 15


def test_the_defaults_training_is_reckoned_from_its_quickest_epochs():
    training = DefaultTraining(30, {"DIET": [12, 8], "TED": [2, 1]})
    assert training.whole_s == (30 - 23) + 100 * (8 + 1)


@pytest.mark.parametrize(
    ("measured", "at_least", "holds"),
    [(15, False, True), (15.1, False, False), (15, True, True), (14.9, True, False), (float("nan"), True, False)],
)
def test_a_goal_holds_up_to_its_limit_and_not_without_a_figure(measured, at_least, holds):
    assert Goal("a turn", 15, "ms", measured, at_least).holds is holds


def test_the_goals_come_from_what_was_measured():
    measured = Measured(20, 0.1, training_s=31)
    measured.rows += [row("embedded", door, customers, 12) for door in ("chat", "rasa") for customers in (1, 64)]
    measured.rows += [row("Rasa's default", "rest", customers, 90, 60.0) for customers in (1, 64)]
    measured.ran += [Running("embedded", 9, 10, {"rasa": 500, "actions": 100, "web": 100})]
    measured.ran += [Running("Rasa's default", 20, 25, {"rasa": 1100, "actions": 100})]
    found = {goal.what: (goal.measured, goal.holds) for goal in goals(measured)}
    assert found["turns a second beside Rasa's default, 64 at a time"] == (pytest.approx(6), True)
    assert found["memory of rasa and actions beside Rasa's default"] == (0.5, True)
    assert found["training from nothing"] == (31, False)
    assert found["turns a second, the best of the embedded profile"] == (10, False)


def test_a_table_has_a_column_for_each_head():
    assert table("goal | holds", ["| speed | yes |"]) == "| goal | holds |\n|---|---|\n| speed | yes |"


@pytest.mark.parametrize(
    ("than", "measured", "line"),
    [
        (0.5, 0.614, "| it | ≤ 0.50 × | 0.61 × | no |"),
        (15, 14.96, "| it | ≤ 15.0 × | 15.0 × | yes |"),
        (10_000, 10_000, "| it | ≤ 10,000 × | 10,000 × | yes |"),
    ],
)
def test_a_goal_is_told_with_what_was_wanted_and_found(than, measured, line):
    assert Goal("it", than, "×", measured).line() == line


def test_lists_and_streams_have_goals_of_each_database_and_profile():
    measured = Measured(20, 0.1)
    measured.rows += [row("embedded", door, customers, 12) for door in ("chat", "rasa") for customers in (1, 64)]
    measured.ran += [Running(name, 9, 10, {"rasa": 500, "actions": 100}) for name in ("embedded", "Rasa's default")]
    measured.streams = {name: Streams(10_000, 10_000, 40, 90, 460, 0.09, 80, [100]) for name in ("embedded", "server")}
    pages = {"the desk: all lists": 120, "cases by what is due": 201}
    measured.lists_ms = {"SQLite": pages, "PostgreSQL": pages}
    found = {goal.what: goal.holds for goal in goals(measured)}
    for database in ("SQLite", "PostgreSQL"):
        assert found[f"the desk: all lists, 100,000 cases, 5,000 waiting, {database}"]
        assert not found[f"cases by what is due, 100,000 cases, 5,000 waiting, {database}"]
    for profile in ("embedded", "server"):
        assert found[f"of a core for them while nobody says anything, {profile}"]
