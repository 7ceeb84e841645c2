"""The life of a case: its states, the edges between them, and who may take which."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import TextChoices


class State(TextChoices):
    DRAFT = "draft"
    UNDER_REVIEW = "under_review"
    APPROVED = "approved"
    GOODS_AWAITED = "goods_awaited"
    RECEIVED = "received"
    INSPECTED = "inspected"
    REFUNDED = "refunded"
    REPLACED = "replaced"
    EXCHANGED = "exchanged"
    REFUSED = "refused"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


class ActorKind(TextChoices):
    AGENT = "agent"
    CUSTOMER = "customer"
    CLOCK = "clock"


SETTLED = (State.REFUNDED, State.REPLACED, State.EXCHANGED)
OPEN = (State.UNDER_REVIEW, State.APPROVED, State.GOODS_AWAITED, State.RECEIVED, State.INSPECTED)

# From where to where. Goods that need not come in go from approved straight to the settlement; an exchange always needs
# them. Looking again (inspected → inspected) corrects a mistake at the warehouse. What is over can be taken up again.
EDGES: Mapping[State, tuple[State, ...]] = {
    State.DRAFT: (State.UNDER_REVIEW, State.WITHDRAWN),
    State.UNDER_REVIEW: (State.APPROVED, State.REFUSED, State.WITHDRAWN),
    State.APPROVED: (State.GOODS_AWAITED, State.REFUNDED, State.REPLACED, State.WITHDRAWN),
    State.GOODS_AWAITED: (State.RECEIVED, State.WITHDRAWN, State.CLOSED),
    State.RECEIVED: (State.INSPECTED,),
    State.INSPECTED: (State.INSPECTED, *SETTLED, State.REFUSED),
    State.REFUNDED: (State.CLOSED,),
    State.REPLACED: (State.CLOSED,),
    State.EXCHANGED: (State.CLOSED,),
    State.REFUSED: (State.CLOSED, State.UNDER_REVIEW),
    State.CLOSED: (State.UNDER_REVIEW,),
    State.WITHDRAWN: (State.UNDER_REVIEW,),
}
ONLY_WITH_GOODS = (State.GOODS_AWAITED, State.RECEIVED, State.INSPECTED, State.REPLACED, State.EXCHANGED)
OF_THE_CUSTOMER = {State.DRAFT: (State.UNDER_REVIEW, State.WITHDRAWN)} | dict.fromkeys(
    (State.UNDER_REVIEW, State.APPROVED, State.GOODS_AWAITED), (State.WITHDRAWN,)
)
OF_THE_CLOCK = dict.fromkeys((*SETTLED, State.REFUSED), (State.CLOSED,))
OF = {ActorKind.AGENT: EDGES, ActorKind.CUSTOMER: OF_THE_CUSTOMER, ActorKind.CLOCK: OF_THE_CLOCK}


@dataclass(frozen=True)
class Actor:
    """Who did it. id: of the agent's account. name: as the customer may read it."""

    kind: str
    id: str = ""
    name: str = ""


CUSTOMER = Actor(ActorKind.CUSTOMER)
CLOCK = Actor(ActorKind.CLOCK)


def agent(id: str, name: str) -> Actor:
    """A person at the desk."""
    return Actor(ActorKind.AGENT, str(id), name)


@dataclass(frozen=True)
class Act:
    """One thing one person does at one moment. key: doing it again with the same key does nothing a second time."""

    by: Actor
    at: datetime
    key: str


class MoveNotAllowed(Exception):
    """There is no such edge from where the case is, or not for this person."""

    def __init__(self, number: str, previous: str, wanted: str) -> None:
        super().__init__(f"case {number} is {previous}: it cannot become {wanted}")
        self.number, self.previous, self.wanted = number, previous, wanted


def next_states(state: str, cancels: bool, kind: str = ActorKind.AGENT) -> tuple[State, ...]:
    """Where this person may take a case from here. cancels: it cancels an order, so there are no goods."""
    edges = OF[ActorKind(kind)].get(State(state), ())
    return tuple(to for to in edges if not (cancels and to in ONLY_WITH_GOODS))
