"""The port to a helpdesk beside our desk: what must be possible with its tickets. Adapter: django_helpdesk."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

OPEN, SOLVED, CLOSED = "open", "solved", "closed"
Photos = Sequence[tuple[str, bytes]]  # file name, JPEG


class HelpdeskAway(Exception):
    """It did not do it now; asking again later makes sense."""


class HelpdeskRefuses(Exception):
    """It will not do this one thing, however often it is asked: a person has to look."""


class TicketGone(Exception):
    """There is no such ticket (any more)."""


@dataclass(frozen=True)
class Answer:
    """What an agent wrote to the customer there. agent: the number of the account there. name: as customers read it."""

    id: str
    agent: str
    name: str
    text: str


@dataclass(frozen=True)
class Ticket:
    """A ticket as it stands. marks: of our remarks that are in it. ended_by: who solved or closed it, with no text."""

    status: str
    answers: tuple[Answer, ...]
    marks: frozenset[int]
    ended_by: Answer | None = None


class Helpdesk(Protocol):
    """Every method raises HelpdeskAway and HelpdeskRefuses; those that name a ticket also raise TicketGone."""

    def open_ticket(self, title: str, text: str, urgent: bool) -> int:
        """Its number. Asked twice it opens two: look with find_ticket whether an earlier try has reached it."""
        ...

    def find_ticket(self, part_of_title: str, newer_than: int) -> int | None:
        """The number of the ticket with this in its title, among those with a greater number than that."""
        ...

    def read(self, ticket: int) -> Ticket: ...

    def remark(self, ticket: int, mark: int, text: str, photos: Photos) -> None:
        """Something that only people in the helpdesk see. mark: by which `read` tells that it is there."""
        ...

    def close(self, ticket: int, why: str) -> None: ...

    def delete(self, ticket: int) -> None:
        """With all that was said in it and its files. Again: nothing happens."""
        ...
