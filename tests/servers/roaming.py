"""A customer of the assistant whose requests reach one web process after the other."""

import itertools
import time
import uuid
from collections.abc import Callable
from typing import Any

import httpx

from support.run.stack import Stack
from tests.conversations.customer import Customer
from tests.servers.programs import until


class Roaming(Customer):
    """A customer whose requests reach one web process after the other, and again while one is away.

    posted: the client_id of each message, in order.
    """

    def __init__(self, stack: Stack) -> None:
        self.addresses, self.posted = itertools.cycle(stack.base_urls), list[str]()
        super().__init__(next(self.addresses))

    def post(self, client_id: str | None = None, **message: Any) -> httpx.Response:
        client_id = client_id or str(uuid.uuid4())
        self.posted.append(client_id)
        return self.somewhere(lambda: super(Roaming, self).post(client_id, **message))

    def everything(self) -> list[dict[str, Any]]:
        """The whole log, once the assistant has said all it has to say."""
        path = f"/chat/api/conversations/{self.id}/messages"
        until(
            lambda: not (got := self.somewhere(lambda: self.http.get(path, params={"after": 0})).json())["working"], 90
        )
        return self.somewhere(lambda: self.http.get(path, params={"after": 0})).json()["messages"]

    def somewhere(self, ask: Callable[[], httpx.Response]) -> httpx.Response:
        """The first answer of a web process that is there."""
        end = time.monotonic() + 60
        while True:
            self.http.base_url = next(self.addresses)
            try:
                reply = ask()
                if reply.status_code < 500:
                    return reply
            except httpx.HTTPError:
                pass
            assert time.monotonic() < end, "no web process answers"
            time.sleep(0.05)
