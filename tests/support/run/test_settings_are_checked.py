"""A bad setting is one line that names it, what it got and what it takes."""

import pytest

from support.run.environment import ROOT, for_children, read_environ, read_settings
from support.run.keys import fill_in_keys
from support.run.problem import Problem


def test_every_setting_has_a_default():
    values = read_settings({})
    assert values["SUPPORT_WEB_PORT"] == "8000"
    assert values["SUPPORT_RASA_URL"] == "http://127.0.0.1:5005"
    assert values["SUPPORT_DATABASE_URL"] == f"sqlite:///{ROOT}/var/support.sqlite3"


def test_defaults_follow_the_settings_they_name(tmp_path):
    values = read_settings({"SUPPORT_VAR": str(tmp_path), "SUPPORT_RASA_PORT": "6000"})
    assert values["SUPPORT_TRACKER_URL"] == f"sqlite:///{tmp_path}/rasa.sqlite3"
    assert values["SUPPORT_RASA_URL"] == "http://127.0.0.1:6000"


@pytest.mark.parametrize("port", ["0", "65536", "-1", "http", "8000.0", "٨٠٠٠"])
def test_a_port_outside_1_to_65535_is_named_with_what_it_takes(port):
    with pytest.raises(Problem, match=r"SUPPORT_WEB_PORT is '.*': it takes a port from 1 to 65535"):
        read_settings({"SUPPORT_WEB_PORT": port})


@pytest.mark.parametrize("port", ["1", "65535"])
def test_the_first_and_the_last_port_are_taken(port):
    assert read_settings({"SUPPORT_WEB_PORT": port})["SUPPORT_WEB_PORT"] == port


@pytest.mark.parametrize(
    ("name", "bad"),
    [
        ("SUPPORT_DATABASE_URL", "mysql://localhost/x"),
        ("SUPPORT_TRACKER_URL", "postgres://localhost/x"),
        ("SUPPORT_RASA_URL", "127.0.0.1:5005"),
        ("SUPPORT_DEMO_ORDERS", "yes"),
        ("SUPPORT_TURN_LEASE_S", "0"),
        ("SUPPORT_LIMIT_MESSAGES", "120/0"),
        ("SUPPORT_CORS_ORIGINS", "shop.example"),
    ],
)
def test_a_value_that_is_not_taken_is_named(name, bad):
    with pytest.raises(Problem, match=f"{name} is '{bad}': it takes "):
        read_settings({name: bad})


@pytest.mark.parametrize(
    ("name", "bad"),
    [
        ("SUPPORT_SECRET_KEY", "short"),
        ("SUPPORT_INTERNAL_TOKEN", "not a token, it has spaces"),
        ("SUPPORT_INTERNAL_TOKEN", "-looks-like-an-option"),
    ],
)
def test_a_secret_that_is_not_taken_is_named_but_not_shown(name, bad):
    with pytest.raises(Problem, match=f"{name} is a secret of {len(bad)} characters: it takes ") as refused:
        read_settings({name: bad})
    assert bad not in str(refused.value)


def test_a_password_in_an_address_is_not_shown():
    with pytest.raises(Problem, match="SUPPORT_DATABASE_URL is 'mysql://me:…@db/x'"):
        read_settings({"SUPPORT_DATABASE_URL": "mysql://me:geheim@db/x"})


def test_a_misspelt_name_is_not_passed_over():
    with pytest.raises(Problem, match="SUPPORT_WEB_PROT is no setting: did you mean SUPPORT_WEB_PORT"):
        read_settings({"SUPPORT_WEB_PROT": "1"})


def test_two_processes_cannot_have_one_port():
    with pytest.raises(Problem, match="SUPPORT_WEB_PORT and SUPPORT_RASA_PORT are both 5005"):
        read_settings({"SUPPORT_WEB_PORT": "5005"})


def test_the_environment_wins_over_the_file(tmp_path):
    file = tmp_path / ".env"
    file.write_text("SUPPORT_WEB_PORT=1111\nSUPPORT_RASA_PORT=2222\n")
    environ = read_environ({"SUPPORT_WEB_PORT": "3333"}, file)
    assert (environ["SUPPORT_WEB_PORT"], environ["SUPPORT_RASA_PORT"]) == ("3333", "2222")


def test_children_get_every_setting_and_phone_nobody():
    children = for_children({"PATH": "/bin"}, read_settings({}))
    assert children["PATH"] == "/bin"
    assert children["SUPPORT_WEB_PORT"] == "8000"
    assert children["RASA_TELEMETRY_ENABLED"] == "false"


def test_secrets_are_made_once_and_are_for_the_owner_only(tmp_path):
    values = read_settings({"SUPPORT_VAR": str(tmp_path)})
    first, second = fill_in_keys(values), fill_in_keys(values)
    assert first == second
    assert len(first["SUPPORT_SECRET_KEY"]) >= 32
    assert first["SUPPORT_SECRET_KEY"] != first["SUPPORT_INTERNAL_TOKEN"]
    files = list((tmp_path / "secrets").iterdir())
    assert [oct(file.stat().st_mode & 0o777) for file in files] == ["0o600", "0o600"]


def test_a_made_secret_is_one_that_the_settings_take(tmp_path):
    read_settings(fill_in_keys(read_settings({"SUPPORT_VAR": str(tmp_path)})))


def test_a_secret_that_is_set_is_used_and_not_written(tmp_path):
    key = "k" * 40
    values = read_settings({"SUPPORT_VAR": str(tmp_path), "SUPPORT_SECRET_KEY": key})
    assert fill_in_keys(values)["SUPPORT_SECRET_KEY"] == key
    assert not (tmp_path / "secrets" / "django-key").exists()


def test_a_secret_left_empty_by_a_full_disk_is_made_anew(tmp_path):
    (tmp_path / "secrets").mkdir()
    (tmp_path / "secrets" / "django-key").touch()
    values = read_settings({"SUPPORT_VAR": str(tmp_path)})
    assert len(fill_in_keys(values)["SUPPORT_SECRET_KEY"]) >= 32


def test_a_secret_that_cannot_be_kept_is_named_with_its_setting(tmp_path):
    (tmp_path / "secrets").write_text("a file where the folder should be")
    with pytest.raises(Problem, match=r"cannot use .*secrets.*: SUPPORT_VAR sets the folder"):
        fill_in_keys(read_settings({"SUPPORT_VAR": str(tmp_path)}))
