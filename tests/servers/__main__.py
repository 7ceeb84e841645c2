"""`python -m tests.servers`: what rests on our tables, and all conversations, once more on PostgreSQL.

With arguments: pytest with these. Left out is what Hypothesis plays through at length, and what no table matters to.
"""

import os
import subprocess
import sys

from tests.servers.postgresql import running_postgresql

ON_POSTGRESQL = (
    "tests/orders",
    "tests/cases",
    "tests/support/conversations",
    "tests/support/widget",
    "tests/conversations",
    "tests/support/desk/test_accounts.py",
    "tests/support/desk/test_audit.py",
    "tests/support/desk/test_customers_data.py",
    "tests/support/desk/test_desk_pages.py",
    "tests/support/desk/test_figures.py",
    "tests/support/desk/test_live.py",
    "tests/support/desk/test_permissions.py",
    "tests/support/mail/test_case_letters.py",
    "tests/support/mail/test_choosing.py",
    "tests/support/mail/test_letters_by_folder.py",
    "tests/support/mail/test_one_conversation.py",
    "tests/support/mail/test_sending.py",
    "--ignore=tests/orders/test_order_number.py",
    "--ignore=tests/orders/test_shop_order.py",
    "--ignore=tests/support/conversations/test_hostile_photos.py",
    "--ignore=tests/support/conversations/test_hours.py",
    "--ignore=tests/support/conversations/test_photos.py",
    "--ignore=tests/support/conversations/test_words.py",
    "--deselect=tests/cases/test_no_move_without_an_edge.py::test_no_sequence_of_moves_reaches_a_state_without_an_allowed_edge",
    "--deselect=tests/support/desk/test_desk_pages.py::test_the_lists_read_no_more_conversations_than_they_show",
    "--deselect=tests/support/conversations/test_ownership.py::AnySequenceOfMoves",
)


def main(arguments: list[str]) -> int:
    """pytest's exit code."""
    how = arguments or ["-q", "-n", "2", "--dist", "loadgroup", "--no-loadscope-reorder", *ON_POSTGRESQL]
    with running_postgresql() as server:
        environ = os.environ | {"SUPPORT_DATABASE_URL": server.address("support")}
        return subprocess.run([sys.executable, "-m", "pytest", *how], env=environ).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
