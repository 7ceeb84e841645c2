"""`support orders import` and `support orders show`, as staff type them."""

import json

import pytest
from django import db
from django.db import connection

from support.orders.commands import main
from support.orders.models import Order
from tests.orders.samples import an_order, bring_one

pytestmark = pytest.mark.django_db


def test_import_says_how_many_came_in(tmp_path, capsys):
    file = tmp_path / "orders.jsonl"
    file.write_text(json.dumps(an_order()))
    assert main(["import", str(file)]) == 0
    assert capsys.readouterr() == ("1 orders imported\n", "")


def test_import_reports_bad_lines_on_stderr_and_keeps_the_good_ones(tmp_path, capsys):
    file = tmp_path / "orders.jsonl"
    file.write_text(f"{json.dumps(an_order())}\n{json.dumps(an_order(number='SC7', channel='x'))}\n")
    assert main(["import", str(file)]) == 1
    out, err = capsys.readouterr()
    assert out == "1 orders imported, 1 bad lines left out\n"
    assert err.startswith('line 2, order SC7: channel: got "x", takes one of official_website')


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("missing.jsonl", None, "No such file"),
        ("empty.jsonl", b"", "is empty"),
        ("wide.csv", b"\xff\xfea\x00", "UTF-16"),
    ],
)
def test_a_file_that_is_none_is_one_clear_line(tmp_path, capsys, name, content, said):
    file = tmp_path / name
    if content is not None:
        file.write_bytes(content)
    assert main(["import", str(file)]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert err.count("\n") == 1
    assert name in err
    assert said in err


def test_a_folder_is_no_file(tmp_path, capsys):
    assert main(["import", str(tmp_path)]) == 1
    assert "Is a directory" in capsys.readouterr().err


def test_show_is_complete_but_for_what_proves_and_pays(tmp_path, capsys):
    bring_one(tmp_path, phone="+1 555 0100", payment="visa 1111")
    assert main(["show", "#sc10234"]) == 0
    page = capsys.readouterr().out
    shown = ("SC10234", "official_website", "2026-10-01 18:20 -0700", "2026-10-06 11:02 -0700", "d•••@example.com",
             "12.00 USD", "X3U Sonic Toothbrush", "pink", "1 x 79.90 USD", "X3U2409A001234", "Travel case")  # fmt: skip
    assert [said for said in shown if said not in page] == []
    assert [secret for secret in ("dana@", "94016", "555", "visa", "1111") if secret in page] == []


@pytest.mark.parametrize(
    ("changes", "said"),
    [({"delivered_at": None, "delivered": True}, "yes, date unknown"),
     ({"delivered_at": None, "delivered": False}, "Delivered:      no"),
     ({"delivered_at": None}, "Delivered:      unknown"),
     ({"delivered_at": None, "delivery_due_at": "2026-11-26T12:00:00Z"}, "2026-11-26 12:00 +0000")],
)  # fmt: skip
def test_show_says_what_is_known_of_the_delivery(tmp_path, capsys, changes, said):
    bring_one(tmp_path, **changes)
    main(["show", "SC10234"])
    assert said in capsys.readouterr().out


@pytest.mark.parametrize(
    ("number", "said"), [("SC99999", "there is no order SC99999"), ("cat", "there is no order 'cat'")]
)
def test_show_of_no_order_is_one_clear_line(capsys, number, said):
    assert main(["show", number]) == 1
    assert capsys.readouterr() == ("", f"support orders: {said}\n")


def broken(execute, sql, params, many, context):
    raise db.OperationalError("connection refused\nIs the server running?")


@pytest.mark.parametrize("command", ["show", "import"])
def test_a_database_that_is_down_is_one_clear_line(tmp_path, capsys, command):
    file = tmp_path / "orders.jsonl"
    file.write_text(json.dumps(an_order()))
    with connection.execute_wrapper(broken):
        assert main([command, {"show": "SC10234", "import": str(file)}[command]]) == 1
    err = capsys.readouterr().err
    assert "the database does not answer" in err
    assert err.count("\n") == 1


@pytest.mark.parametrize("argv", [[], ["frob"], ["show"], ["import", "a", "b"]])
def test_misuse_is_exit_code_2(argv, capsys):
    assert main(argv) == 2
    assert "usage: support orders" in capsys.readouterr().err


def test_nothing_is_imported_twice(tmp_path, capsys):
    file = tmp_path / "orders.jsonl"
    file.write_text(json.dumps(an_order()))
    assert [main(["import", str(file)]) for _ in range(2)] == [0, 0]
    assert Order.objects.count() == 1
