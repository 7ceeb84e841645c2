"""The terminal chat, typed into a pipe, against a small server that speaks the chat API's contract."""

import json
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from support.chat.screen import Typed, read_line, show
from support.run.free_ports import free_port

CHOICES = [{"title": "Return it", "payload": "/start_return"}, {"title": "Swap it", "payload": "/start_exchange"}]


def message(seq, text, **more):
    return {"seq": seq, "from": "bot", "name": None, "text": text, "choices": [], "citations": [], "case": None} | more


class Shop:
    """Answers each message of a customer with the next of its lines; away: how many requests it then fails first."""

    def __init__(self, *lines, away=0):
        self.lines, self.away = list(lines), away
        self.got, self.messages, self.client_ids = [], [], set()
        shop = self

        class Door(BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                if self.path.endswith("/conversations"):
                    self.answer(201, {"id": "c1", "token": "t1"})
                elif self.path.endswith("/photos"):
                    shop.got.append({"uploaded": len(body)})
                    self.answer(201, {"photo": "p1", "width": 1, "height": 1, "kind": "image/png"})
                else:
                    self.answer(*shop.take(json.loads(body)))

            def do_GET(self):
                after = int(self.path.partition("after=")[2])
                new = [each for each in shop.messages if each["seq"] > after]
                self.answer(200, {"messages": new, "owner": "bot", "working": False})

            def answer(self, status, content):
                self.send_response(status)
                self.end_headers()
                self.wfile.write(json.dumps(content).encode())

            def log_message(self, *args):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Door)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def take(self, body):
        if body["client_id"] not in self.client_ids:
            self.client_ids.add(body["client_id"])
            self.got.append({name: value for name, value in body.items() if name != "client_id"})
            self.messages.append(message(len(self.messages) + 1, "", **{"from": "customer"}))
            self.messages.append(message(len(self.messages) + 1, **self.lines.pop(0)))
        if self.away:  # it was taken, but the answer got lost
            self.away -= 1
            return 503, {"error": {"code": "away", "message": "away"}}
        return 202, {"seq": len(self.messages)}


@pytest.fixture
def chat(tmp_path):
    def run(shop, *typed):
        port = shop.server.server_address[1] if shop else free_port()
        return subprocess.run(
            [sys.executable, "-m", "support.cli", "chat", "--url", f"http://127.0.0.1:{port}"],
            input="".join(f"{line}\n" for line in typed),
            capture_output=True,
            text=True,
            timeout=30,
            cwd=Path(__file__).parents[3],
        )

    return run


def test_a_number_picks_the_choice_that_was_offered(chat):
    shop = Shop({"text": "What would you like?", "choices": CHOICES}, {"text": "Which order is it?"})
    said = chat(shop, "hello", "2").stdout
    assert shop.got == [{"text": "hello"}, {"choice": "/start_exchange"}]
    assert "SOOCAS: What would you like?\n  1) Return it\n  2) Swap it\n> 2\nSOOCAS: Which order is it?\n" in said


def test_a_number_is_a_text_when_nothing_is_offered(chat):
    shop = Shop({"text": "What would you like?", "choices": CHOICES}, {"text": "How many?"}, {"text": "Fine."})
    chat(shop, "hello", "1", "2")
    assert shop.got[2] == {"text": "2"}


def test_a_photo_goes_by_its_path(chat, tmp_path):
    photo = tmp_path / "my brush.PNG"
    photo.write_bytes(b"x" * 1000)
    shop = Shop({"text": "Thank you."})
    chat(shop, str(photo))
    assert shop.got[0]["uploaded"] > 1000
    assert shop.got[1] == {"photos": ["p1"]}


def test_a_photo_that_is_not_there_is_said_so(chat):
    assert "No such file or directory: 'nowhere.png'" in chat(Shop(), "/photo nowhere.png").stdout


def test_a_message_is_sent_once_though_the_server_went_away(chat):
    shop = Shop({"text": "Hello!"}, away=1)
    said = chat(shop, "hello").stdout
    assert shop.got == [{"text": "hello"}]
    assert "(the server does not answer: waiting for it)\nSOOCAS: Hello!" in said


def test_quit_ends_before_the_lines_after_it(chat):
    shop = Shop({"text": "Hello!"})
    assert chat(shop, "hello", "/quit", "more").returncode == 0
    assert len(shop.got) == 1


def test_nothing_at_the_address_is_one_line(chat):
    done = chat(None, "hello")
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1
    assert "type `make run` in another terminal" in done.stderr


def test_a_message_shows_its_case_and_its_clauses():
    shown = show(
        message(
            1,
            "Your request is under review.",
            citations=[{"clause": "R.window", "text": "within 30 days"}],
            case={"number": "C-1", "state": "under_review"},
        )
    )
    assert shown == (
        "SOOCAS: Your request is under review.\n  | Case C-1 | under review |\n  [R.window] within 30 days"
    )


def test_an_agent_is_shown_by_name():
    assert show(message(1, "Hi", name="Mia", **{"from": "agent"})) == "Mia: Hi"


@pytest.mark.parametrize("line", ["0", "3", "1.", "٢", "two"])
def test_what_is_no_choice_is_text(line):
    assert read_line(line, CHOICES) == Typed(text=line)


@pytest.mark.parametrize("line", ["it doesn't charge", "see ~nobody/x", "x" * 5000, "a\0b", "readme.md"])
def test_odd_text_is_text(line):
    assert read_line(line, []) == Typed(text=line)


def test_several_photos_in_one_message(tmp_path):
    first, second = tmp_path / "a.jpg", tmp_path / "b b.heic"
    first.touch()
    second.touch()
    assert read_line(f"{first} '{second}'", []) == Typed(photos=(first, second))
