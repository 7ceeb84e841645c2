"""What customers write is not in the log: not by the rule of the mask, and not by the real processes."""

import pytest

from support.run.journal import Journal
from support.run.masking import Mask

MASK = Mask("SC")


@pytest.mark.parametrize(
    ("line", "masked"),
    [
        ("no such order SC10234.", "no such order …."),
        ("sc-10234 and sc 10234", "… and …"),
        ("mail to dana.o'neil+x@shop.example.co.uk failed", "mail to …@… failed"),
        ("turn 8f3a of SC1 took 10234 ms", "turn 8f3a of SC1 took 10234 ms"),
        ("DISC10234X", "DISC10234X"),
    ],
)
def test_addresses_and_order_numbers_are_masked_and_nothing_else(line, masked):
    assert MASK(line) == masked


def test_every_line_of_a_process_is_masked_and_our_own_are_not(tmp_path):
    with (tmp_path / "log").open("w") as out:
        journal = Journal(out, clock=lambda: "10:00:00", mask=MASK)
        journal.write("web", "failed for dana@example.com")
        journal.write("support", "try order SC10234")
    assert (tmp_path / "log").read_text() == "10:00:00  web      failed for …@…\n10:00:00  support  try order SC10234\n"
