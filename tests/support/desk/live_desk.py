"""An agent's browser without its windows, for the real web process: a session, and what comes out of the stream."""

import contextlib
import json
import threading

import httpx
from django.contrib.auth.hashers import PBKDF2PasswordHasher

from tests.servers.own_database import change
from tests.servers.programs import until
from tests.support.widget.web_server import WebServer

SECRET = "three walls and a door"
DOMAIN = """
responses:
  utter_turn_failed: [{text: "Sorry."}]
  utter_turn_failed_away: [{text: "Sorry. Somebody will be there {when}."}]
  utter_handed_back: [{text: "{name} has handed you back."}]
  utter_ask_rating: [{text: "How was it?", buttons: [{title: "Well", payload: "rating=3"}]}]
  utter_rated: [{text: "Thank you."}]
  utter_still_waiting: [{text: "A colleague will answer.", buttons: [{title: "Back", payload: "owner=bot"}]}]
  utter_photo_refused_kind: [{text: "Not that kind."}]
  utter_photo_refused_broken: [{text: "Broken."}]
  utter_photo_refused_size: [{text: "Too large."}]
  utter_photo_refused_pixels: [{text: "Too many pixels."}]
"""


class Desk:
    """An agent's browser without its windows: a session, and what comes out of the event stream."""

    def __init__(self, web: WebServer, name: str) -> None:
        self.http = httpx.Client(base_url=web.url, timeout=20, verify=False)
        self.http.get("/desk/sign-in")
        assert self.post("/desk/sign-in", username=name, password=SECRET).status_code == 302
        self.events: list[tuple[str, object]] = []

    def post(self, path: str, **form: str) -> httpx.Response:
        headers = {"X-CSRFToken": self.http.cookies["desk_form"], "HX-Request": "true"}
        return self.http.post(path, data=form, headers=headers)

    def does(self, what: str, conversation: str, **form: str) -> int:
        return self.post(f"/desk/conversations/{conversation}/{what}", **form).status_code

    def listens(self, conversation: str = "") -> None:
        threading.Thread(target=self._listen, args=(conversation, self.http.cookies), daemon=True).start()
        until(lambda: self.heard("line"))

    def heard(self, name: str) -> list[object]:
        return [data for event, data in list(self.events) if event == name]

    def _listen(self, conversation: str, cookies: httpx.Cookies) -> None:
        name, where = "", str(self.http.base_url.join("/desk/live"))
        with (
            contextlib.suppress(httpx.HTTPError),
            httpx.Client(cookies=cookies, timeout=60, verify=False) as http,
            http.stream("GET", where, params={"conversation": conversation}) as stream,
        ):
            for line in stream.iter_lines():
                if line.startswith("event: "):
                    name = line.removeprefix("event: ")
                elif line.startswith("data: "):
                    self.events.append((name, json.loads(line.removeprefix("data: "))))
        self.events.append(("end", None))


def make_people(server: WebServer) -> None:
    """mia, tom and ada, with a password that is quickly checked."""
    columns = "password, is_superuser, username, last_name, email, is_staff, is_active, date_joined, first_name"
    values = "?, false, ?, '', '', false, true, '2026-11-22 00:00:00Z', ?"
    password = PBKDF2PasswordHasher().encode(SECRET, "salt", 1000)
    for name, role in (("mia", "agent"), ("tom", "agent"), ("ada", "auditor")):
        change(server.database, f"insert into auth_user ({columns}) values ({values})", password, name, name.title())
        belongs = "select auth_user.id, auth_group.id from auth_user, auth_group where username = ? and name = ?"
        change(server.database, f"insert into auth_user_groups (user_id, group_id) {belongs}", name, role)
