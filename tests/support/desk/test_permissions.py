"""Every address of the desk × every role × signed out."""

import re

import pytest
from django.urls import URLPattern, URLResolver

from support.conversations import ownership, services
from support.desk.urls import urlpatterns
from support.mail.durable import receive
from support.mail.models import IncomingLetter
from tests.support.desk.desk_scene import NOW, user

LOOK = {"signed out": 302, "agent": 200, "lead": 200, "auditor": 200}
ACT = {"signed out": 302, "agent": 204, "lead": 204, "auditor": 403}
AUDIT = {"signed out": 302, "agent": 403, "lead": 200, "auditor": 200}
LEAD = {"signed out": 302, "agent": 403, "lead": 200, "auditor": 403}
ADMIN = {"signed out": 302, "agent": 302, "lead": 200, "auditor": 302}
KEY = "7d5f2a7e-52f7-4d0e-8b5a-0123456789ab"

LETTER = b"From: dana@example.com\r\nTo: support@example.com\r\nSubject: Hello\r\n\r\nIs anybody there?\r\n"

# name of the address: method, form, who gets what. {letter}: the id of a parked letter.
TABLE = {
    "desk": ("GET", {}, LOOK),
    "line": ("GET", {}, LOOK),
    "live": ("GET", {}, LOOK),
    "conversation": ("GET", {}, LOOK),
    "said": ("GET", {}, LOOK),
    "owner": ("GET", {}, LOOK),
    "card": ("GET", {}, LOOK),
    "what-if": ("GET", {"claim.unused": "false"}, LOOK),
    "photo": ("GET", {}, LOOK),
    "original": ("GET", {}, LOOK),
    "cases": ("GET", {}, LOOK),
    "mail": ("GET", {}, LOOK),
    "letter": ("GET", {}, LOOK),
    "mail-retry": ("POST", {"id": "in:{letter}"}, {**ACT, "agent": 302, "lead": 302}),
    "password": ("GET", {}, LOOK),
    "numbers": ("GET", {}, LOOK),
    "numbers-csv": ("GET", {}, LOOK),
    "training-line": ("POST", {"text": "hm", "intent": "greet"}, {**ACT, "agent": 200, "lead": 200}),
    "audit": ("GET", {}, AUDIT),
    "privacy": ("GET", {}, LEAD),
    "privacy-find": ("POST", {"email": "dana@example.com"}, LEAD),
    "privacy-export": ("POST", {"email": "dana@example.com"}, LEAD),
    "privacy-erase": ("POST", {"email": "dana@example.com", "again": "Dana@Example.com "}, LEAD),
    "take": ("POST", {}, ACT),
    "say": ("POST", {"text": "Hello", "client_id": KEY}, ACT),
    "transfer": ("POST", {}, ACT),
    "hand-back": ("POST", {}, ACT),
    "close": ("POST", {}, ACT),
    "release": ("POST", {}, {"signed out": 302, "agent": 403, "lead": 204, "auditor": 403}),
    "case-move": ("POST", {"key": KEY}, ACT),
    "sign-out": ("POST", {}, {"signed out": 302, "agent": 302, "lead": 302, "auditor": 302}),
    "sign-in": ("GET", {}, {"signed out": 200, "agent": 302, "lead": 302, "auditor": 302}),
}
ROLES = ("signed out", "agent", "lead", "auditor")
OWNED_FIRST = ("say", "transfer", "hand-back", "close", "release")


def names() -> set[str]:
    return {pattern.name for pattern in urlpatterns if isinstance(pattern, URLPattern) and pattern.name}


@pytest.fixture
def letter(db, settings, tmp_path) -> int:
    """The id of a letter that is parked."""
    settings.MAIL_DIR = tmp_path
    row = receive(LETTER, NOW)
    IncomingLetter.objects.filter(pk=row.pk).update(state=IncomingLetter.State.PARKED)
    return row.pk


def path_of(name: str, scene, letter: int = 0) -> str:
    pattern = next(p for p in urlpatterns if isinstance(p, URLPattern) and p.name == name)
    values = {"conversation_id": scene.conversation, "photo_id": scene.photo, "number": scene.case, "move": "approve"}
    values["letter_id"] = str(letter)
    return "/desk/" + re.sub(r"<\w+:(\w+)>", lambda found: values[found[1]], str(pattern.pattern))


def test_the_table_has_every_address():
    assert names() == set(TABLE)
    assert [str(p.pattern) for p in urlpatterns if isinstance(p, URLResolver)] == ["admin/"]


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("name", TABLE)
def test_who_gets_what(name, role, people, scene, letter):
    method, form, expected = TABLE[name]
    form = {field: value.replace("{letter}", str(letter)) for field, value in form.items()}
    if name in OWNED_FIRST:
        owner = user(role) if role in ("agent", "lead") else user("agent")
        ownership.take(scene.conversation, owner, NOW)
    client, path = people[role], path_of(name, scene, letter)
    headers = {"HX-Request": "true"} if method == "POST" and role != "signed out" and name != "sign-out" else {}
    answer = (
        client.generic(method, path, **{"QUERY_STRING": "claim.unused=false"} if name == "what-if" else {})
        if method == "GET"
        else client.post(path, form, headers=headers)
    )
    assert answer.status_code == expected[role], answer.content[:300] if not answer.streaming else ""
    if answer.status_code == 302 and role == "signed out":
        assert answer["Location"].startswith("/desk/sign-in")


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("path", ["", "auth/user/", "auth/user/add/", "desk/cannedanswer/"])
def test_the_admin_is_for_leads(path, role, people):
    answer = people[role].get(f"/desk/admin/{path}")
    assert answer.status_code == ADMIN[role]


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("name", [name for name in TABLE if name not in ("sign-in", "password")])
def test_the_other_method_changes_nothing(name, role, people, scene):
    method = "POST" if TABLE[name][0] == "GET" else "GET"
    answer = people[role].generic(method, path_of(name, scene))
    assert answer.status_code in (302, 403, 405)


@pytest.mark.parametrize("name", [name for name in TABLE if TABLE[name][0] == "POST"])
def test_no_form_is_taken_without_its_token(name, people, scene):
    from django.test import Client

    services.hand_over(scene.conversation, "asked", NOW)
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(user("agent"), "django.contrib.auth.backends.ModelBackend")
    assert strict.post(path_of(name, scene), TABLE[name][1]).status_code == 403


def test_nothing_below_the_desk_is_there_for_one_who_is_signed_out(people):
    assert people["signed out"].get("/desk/no/such/page").status_code == 302
    assert people["agent"].get("/desk/no/such/page").status_code == 404
