"""The terminal: what is typed goes to the assistant, what it says is shown."""

from __future__ import annotations

import argparse
import sys
import threading
from collections.abc import Callable, Iterable
from pathlib import Path

import httpx

from support.chat.conversation import Conversation, Refused, local_timezone
from support.chat.screen import Typed, read_line, show
from support.run.environment import reachable, read_environ, read_settings
from support.run.problem import Problem

HINT = "Type what you want to say; a number picks a choice, a photo's path sends it, /quit ends."
IDLE_SECONDS = 2


class Chat:
    """One person at one terminal. out: gets what is to be shown."""

    def __init__(self, conversation: Conversation, out: Callable[[str], None]):
        self._conversation = conversation
        self._out = out
        self._choices: list[dict] = []
        self._one_at_a_time = threading.Lock()

    def say(self, line: str) -> bool:
        """Sends one typed line. False once the person wants to stop."""
        typed = read_line(line, self._choices)
        if typed.quit:
            return False
        try:
            content = self._content(typed)
            if content:
                self._choices = []
                self._conversation.send(**content)
        except (Refused, OSError) as error:
            self._out(f"({error})")
        return True

    def _content(self, typed: Typed) -> dict[str, object]:
        if typed.photos:
            return {"photos": [self._conversation.upload(photo) for photo in typed.photos]}
        if typed.choice:
            return {"choice": typed.choice}
        return {"text": typed.text} if typed.text else {}

    def listen(self, wait: bool) -> None:
        """Shows what is new; wait: until the assistant has said all it has to say."""
        with self._one_at_a_time:
            for message in self._conversation.answers() if wait else self._conversation.news():
                self._choices = message.get("choices") or self._choices
                self._out(show(message))

    def read_all(self, lines: Iterable[str]) -> None:
        """For a pipe: each line is sent when the answer to the one before is there; sent lines are shown too."""
        for line in lines:
            self._out(f"> {line.rstrip()}")
            if not self.say(line):
                return
            self.listen(wait=True)

    def read_keyboard(self, history: Path) -> None:
        """For a person: messages appear as they come, also while typing."""
        from prompt_toolkit import PromptSession
        from prompt_toolkit.history import FileHistory
        from prompt_toolkit.patch_stdout import patch_stdout

        ended, spoken = threading.Event(), threading.Event()
        session: PromptSession[str] = PromptSession(history=FileHistory(str(history)))
        with patch_stdout():
            threading.Thread(target=self._keep_listening, args=(ended, spoken), daemon=True).start()
            try:
                while self.say(session.prompt("> ")):
                    spoken.set()
            except (EOFError, KeyboardInterrupt):
                pass
            ended.set()
            spoken.set()

    def _keep_listening(self, ended: threading.Event, spoken: threading.Event) -> None:
        while not ended.is_set():
            try:
                self.listen(wait=False)
            except Refused as error:
                self._out(f"({error})")
            spoken.wait(0.25 if self._conversation.working else IDLE_SECONDS)
            spoken.clear()


def main(argv: list[str]) -> int:
    """Talks until /quit or the end of the input. Raises Problem if nothing answers at the address."""
    settings = read_settings(read_environ())
    here = f"http://{reachable(settings['SUPPORT_WEB_HOST'])}:{settings['SUPPORT_WEB_PORT']}"
    parser = argparse.ArgumentParser(prog="support chat", description=f"Talk to the running assistant. {HINT}")
    parser.add_argument("--url", default=here, help="where the assistant runs (default: %(default)s)")
    url = parser.parse_args(argv).url
    with httpx.Client(base_url=url, timeout=30, trust_env=False) as http:
        conversation = Conversation(http, lambda: print("(the server does not answer: waiting for it)", flush=True))
        try:
            conversation.start(local_timezone())
        except (httpx.TransportError, httpx.InvalidURL) as error:
            raise Problem(f"nothing answers at {url}: type `make run` in another terminal") from error
        except Refused as error:
            raise Problem(f"{url} does not open a conversation: {error}") from error
        chat = Chat(conversation, lambda text: print(text, flush=True))
        if not sys.stdin.isatty():
            chat.read_all(sys.stdin)
            return 0
        print(HINT)
        history = Path(settings["SUPPORT_VAR"], "chat-history")
        history.parent.mkdir(parents=True, exist_ok=True)
        chat.read_keyboard(history)
    return 0
