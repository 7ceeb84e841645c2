"""What `make bench` says of its measurements: percentiles of the turns, a row each."""

from benchmarks.bench_report import Row


def test_a_row_has_rate_percentiles_and_cpu_of_each_turn():
    row = Row("embedded", "chat", 8, [float(ms) for ms in range(100, 0, -1)], 10.0, {"web": 250.0}, 1)
    assert row.line() == "| embedded | chat | 8 | 10 | 51 | 96 | 100 | 1 | web 2.5 |"
