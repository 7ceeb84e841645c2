"""No parser of strangers' bytes fails in a way that is not documented, or takes long. Many more inputs by hand:
`python -m benchmarks.fuzz 600`. What once made one fail is in CRASHERS for good."""

import time

import pytest
from hypothesis import HealthCheck, given, settings

from tests.security.mutations import inputs
from tests.security.parsers import PARSERS

CPU_S = 1.5
CRASHERS = {"orders from Shopify": [b"\0", b"Name,Lineitem name\0\n"]}
few = settings(max_examples=80, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))


@pytest.mark.parametrize("name", PARSERS)
def test_nearly_right_bytes_are_read_or_refused_in_time(name: str):
    parser = PARSERS[name]

    @few
    @given(inputs(parser))
    def read(raw: bytes) -> None:
        began = time.process_time()
        parser.read(raw)
        assert time.process_time() - began < CPU_S

    read()


@pytest.mark.parametrize("name", PARSERS)
def test_the_good_inputs_are_read(name: str):
    for seed in PARSERS[name].seeds:
        PARSERS[name].read(seed)


@pytest.mark.parametrize(
    ("name", "raw"), [(name, raw) for name, found in CRASHERS.items() for raw in found] or [("mail", b"")]
)
def test_what_once_made_a_parser_fail_does_not_any_more(name: str, raw: bytes):
    PARSERS[name].read(raw)
