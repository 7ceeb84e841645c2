"""Who may sign in at the desk, and when that ends."""

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.test import Client

from support.desk import commands
from support.desk.accounts import NameTaken, add_agent, set_password, switch_off
from support.desk.models import AuditEntry
from support.desk.roles import role_of

pytestmark = pytest.mark.django_db
SECRET = "three walls and a door"


@pytest.fixture
def mia(db) -> User:
    return add_agent("mia", "agent", "Mia", SECRET)[0]


def sign_in(client: Client, password: str, name: str = "mia", **form):
    return client.post("/desk/sign-in", {"username": name, "password": password, **form})


def test_an_account_has_one_role_and_a_name_that_customers_see():
    user, password = add_agent("tom.weber", "lead")
    assert (role_of(user), user.first_name) == ("lead", "Tom Weber")
    assert len(password) >= 20
    assert Client().login is not None


def test_a_name_is_given_once_whatever_its_case(mia):
    with pytest.raises(NameTaken):
        add_agent("MIA", "agent")


@pytest.mark.parametrize("weak", ["short", "123456789012345", "password1234", "mia-mia-mia-mia"])
def test_a_weak_password_is_refused(weak):
    if weak == "mia-mia-mia-mia":
        weak = "mia.weber.12"
    with pytest.raises(ValidationError):
        add_agent("mia.weber.12", "agent", password=weak)


def test_signing_in_leads_to_the_page_that_was_asked_for(mia):
    answer = sign_in(Client(), SECRET, next="/desk/cases")
    assert (answer.status_code, answer["Location"]) == (302, "/desk/cases")
    assert AuditEntry.objects.get().action == "signed in"


@pytest.mark.parametrize(
    "elsewhere", ["https://evil.example/desk/", "//evil.example/desk/", "/privacy", "/desk/sign-in"]
)
def test_signing_in_leads_nowhere_else(mia, elsewhere):
    assert sign_in(Client(), SECRET, next=elsewhere)["Location"] == "/desk/"


def test_a_wrong_name_and_a_wrong_password_look_alike(mia):
    wrong, unknown = sign_in(Client(), "wrong"), sign_in(Client(), "wrong", name="nobody")
    assert wrong.status_code == unknown.status_code == 401
    assert b"do not belong together" in wrong.content
    assert b"do not belong together" in unknown.content


def test_five_wrong_passwords_close_the_name_for_this_address_and_no_other(mia):
    client = Client()
    for _ in range(5):
        sign_in(client, "wrong")
    assert sign_in(client, SECRET).status_code == 429
    assert sign_in(Client(REMOTE_ADDR="203.0.113.9"), SECRET).status_code == 302


def test_an_account_without_a_role_or_switched_off_may_not_sign_in(mia):
    User.objects.create_user("guest", password=SECRET)
    assert sign_in(Client(), SECRET, name="guest").status_code == 401
    switch_off("mia")
    assert sign_in(Client(), SECRET).status_code == 401


def test_a_new_password_ends_every_other_session(mia):
    here, elsewhere = Client(), Client()
    for client in (here, elsewhere):
        sign_in(client, SECRET)
    form = {"old_password": SECRET, "new_password1": "quite another secret", "new_password2": "quite another secret"}
    assert here.post("/desk/password", form).status_code == 200
    assert here.get("/desk/").status_code == 200
    assert elsewhere.get("/desk/").status_code == 302
    set_password("mia", "and a third one here")
    assert here.get("/desk/").status_code == 302


def test_switching_an_account_off_ends_its_sessions(mia):
    client = Client()
    sign_in(client, SECRET)
    switch_off("mia")
    assert client.get("/desk/").status_code == 302


def test_the_cookies_are_for_the_desk_only_and_no_script_reads_them(mia, settings):
    client = Client()
    client.get("/desk/sign-in")
    sign_in(client, SECRET)
    for cookie in client.cookies.values():
        assert (cookie["path"], cookie["httponly"], cookie["samesite"]) == ("/desk/", True, "Strict")


@pytest.mark.parametrize("path", ["/", "/privacy", "/chat/api/docs"])
def test_the_public_pages_stay_free_of_cookies(path):
    answer = Client().get(path)
    assert not answer.cookies
    assert "Cookie" not in answer.get("Vary", "")


def test_the_command_makes_an_account_and_says_the_password_once(capsys):
    assert commands.agents(["add", "mia", "--role", "agent", "--generate"]) == 0
    password = capsys.readouterr().out.split("password: ")[1].strip()
    assert sign_in(Client(), password).status_code == 302
    assert commands.agents(["add", "mia", "--role", "lead"]) == 1
    assert "already" in capsys.readouterr().err
    assert commands.agents(["password", "nobody", "--generate"]) == 1
    assert commands.agents(["remove", "mia"]) == 0
    assert commands.agents(["list"]) == 0
    assert "switched off" in capsys.readouterr().out
    assert commands.agents(["add", "tom", "--role", "boss"]) == 2


def test_a_lead_makes_accounts_in_the_admin_and_cannot_make_a_superuser(people):
    page = people["lead"].get("/desk/admin/auth/user/add/").content.decode()
    assert "is_superuser" not in page
    assert "user_permissions" not in page
    group = User.objects.get(username="mia").groups.get()
    form = {"username": "pat", "password1": SECRET, "password2": SECRET, "first_name": "Pat", "groups": [group.pk]}
    people["lead"].post("/desk/admin/auth/user/add/", form | {"is_superuser": "on"})
    pat = User.objects.get(username="pat")
    assert (role_of(pat), pat.is_superuser) == ("agent", False)
    assert AuditEntry.objects.filter(action="added", who="lea").exists()
