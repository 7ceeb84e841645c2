"""A person at the desk of the running assistant: signs in and does what the pages do."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import Any

import httpx

from support.run.stack import Stack


class Agent:
    def __init__(self, stack: Stack, name: str, role: str = "agent") -> None:
        command = [sys.executable, "-m", "support.cli", "agents", "add", name, "--role", role, "--generate"]
        made = subprocess.run(command, check=True, env=os.environ | stack.settings, capture_output=True, text=True)
        self.name, self.password = name, made.stdout.split("password: ")[1].strip()
        self.http = httpx.Client(base_url=stack.base_url, timeout=30, verify=False)
        self.http.get("/desk/sign-in")
        answer = self.post("/desk/sign-in", username=name, password=self.password)
        assert answer.status_code == 302, answer.text

    def post(self, path: str, **form: Any) -> httpx.Response:
        headers = {"X-CSRFToken": self.http.cookies["desk_form"]}
        if not path.endswith("sign-in"):
            headers["HX-Request"] = "true"
        return self.http.post(path, data=form, headers=headers)

    def does(self, what: str, conversation: str, **form: Any) -> None:
        """One act on a conversation: take, say, hand-back, close."""
        answer = self.post(f"/desk/conversations/{conversation}/{what}", **form)
        assert answer.status_code == 204, answer.text

    def sees(self, part: str, conversation: str) -> str:
        """A part of a conversation's page: said, owner, card."""
        answer = self.http.get(f"/desk/conversations/{conversation}/{part}")
        assert answer.status_code == 200, answer.text
        return answer.text
