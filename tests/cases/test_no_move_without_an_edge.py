"""Any moves of anybody in any order: no case reaches a state without an allowed edge, and nothing written is lost."""

from datetime import timedelta

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)
from shelf import CANCEL_IN_TIME, EXCHANGE, FAULTY, MAYA, NOW, RETURN, WARRANTY, again, item, opened, owned_by, said

from policy import Finding
from support.cases import services
from support.cases.life import CLOCK, CUSTOMER, EDGES, Act, State
from support.cases.models import Case, CaseMove
from support.cases.reminding import step
from support.cases.services import BadRequest, MoveNotAllowed

CLAIMS = (RETURN, EXCHANGE, FAULTY, WARRANTY, CANCEL_IN_TIME)
FINDINGS = st.builds(
    Finding,
    fault_found=st.sampled_from((None, True, False)),
    right_item=st.booleans(),
    unused=st.sampled_from((None, True, False)),
    packaging_complete=st.sampled_from((None, True, False)),
)
WHO = st.sampled_from((MAYA, MAYA, MAYA, CUSTOMER, CLOCK))
REASONS = st.sampled_from(("", "because"))
PLAIN = ("receive", "refuse", "withdraw", "close", "await_goods", "settle", "reopen", "submit")
BY_NAME = {
    State.GOODS_AWAITED: "await_goods",
    State.RECEIVED: "receive",
    State.REFUSED: "refuse",
    State.CLOSED: "close",
    State.UNDER_REVIEW: "reopen",
}
ENDS_IT = (State.REFUNDED, State.REPLACED, State.EXCHANGED)


class Life(RuleBasedStateMachine):
    """One case; written: the moves as they were first seen."""

    @initialize(claims=st.lists(st.sampled_from(CLAIMS), min_size=1, max_size=2))
    def open(self, claims):
        self.case, self.now, self.count = opened(*claims), NOW, 0
        self.written: list[dict] = []
        self.silent_at: int | None = None

    def try_it(self, name: str, *given, who=MAYA, key: str | None = None, **more):
        """Does it twice: the second time must change nothing."""
        self.count += 1
        act = Act(who, self.now, key or f"act-{self.count}")
        before = again(self.case).state
        try:
            moved = getattr(services, name)(self.case.number, act, *given, **more)
        except (MoveNotAllowed, BadRequest):
            assert again(self.case).state == before
            return
        state, moves = again(self.case).state, CaseMove.objects.count()
        getattr(services, name)(self.case.number, act, *given, **more)
        assert (again(self.case).state, CaseMove.objects.count()) == (state, moves)
        if name != "submit":
            assert (moved.previous, moved.state) == (before, state)

    @rule(which=st.integers(0, 9), findings=st.lists(FINDINGS, min_size=2, max_size=2))
    def go_on(self, which, findings):
        """One of the moves that are open; most random ones are not."""
        case = again(self.case)
        cancels = all(place.decision["route"] == "cancel" for place in case.items.all())
        onwards = [to for to in services.next_states(case.state, cancels) if to != State.WITHDRAWN] or [State.CLOSED]
        to = onwards[which % len(onwards)]
        if to == State.INSPECTED:
            self.inspect(findings)
        elif to in ENDS_IT:
            self.try_it("settle", reason="because" if which % 2 else "")
        elif to == State.APPROVED:
            self.try_it("approve", goods=None if which % 2 else not cancels, freight="soocas", reason="because")
        else:
            self.try_it(BY_NAME[to], reason="because")

    @rule(goods=st.sampled_from((None, True, False)), reason=REASONS, who=WHO)
    def approve(self, goods, reason, who):
        self.try_it("approve", goods=goods, reason=reason, who=who, freight="soocas")

    @rule(name=st.sampled_from(PLAIN), reason=REASONS, who=WHO)
    def move(self, name, reason, who):
        more = {} if name == "submit" else {"reason": reason}
        self.try_it(name, who=who, **more)

    @rule(which=st.integers(0, 9), findings=st.lists(FINDINGS, min_size=2, max_size=2))
    def go_on_once_more(self, which, findings):
        self.go_on(which, findings)

    def inspect(self, findings):
        waiting = [place.position for place in self.case.items.all() if place.result != "refused"]
        self.try_it("inspect", {place: findings[place] for place in waiting})

    @rule(unused=st.sampled_from((True, False)))
    def change_fact(self, unused):
        state = again(self.case).state
        self.count += 1
        try:
            services.change_fact(
                self.case.number, 0, {"claim.unused": unused}, Act(MAYA, self.now, f"act-{self.count}")
            )
        except BadRequest:
            assert state in (*ENDS_IT, State.CLOSED, State.WITHDRAWN)
        assert again(self.case).state == state

    @rule(hours=st.sampled_from((1, 24, 24 * 9)))
    def time_goes_by(self, hours):
        self.now += timedelta(hours=hours)
        state = again(self.case).state
        while step(self.now):
            pass
        now = again(self.case).state  # the clock decides nothing, it closes what is over
        assert now == state or (now == State.CLOSED and state in (*ENDS_IT, State.REFUSED))

    @rule(owner=st.sampled_from(("bot", "waiting", "agent", "closed")))
    def somebody_leads(self, owner):
        owned_by(self.case, owner)
        self.silent_at = len(said(self.case)) if owner == "agent" else None

    @invariant()
    def every_state_was_reached_along_an_edge(self):
        moves = list(CaseMove.objects.filter(case=self.case).values())
        assert moves[: len(self.written)] == self.written
        self.written = moves
        state = State.DRAFT
        for move in moves:
            assert move["previous"] == state
            assert move["state"] in EDGES[State(state)]
            state = move["state"]
        assert again(self.case).state == state

    @invariant()
    def the_bot_says_nothing_while_a_person_leads(self):
        if self.silent_at is not None:
            assert "bot" not in {message.sender for message in said(self.case)[self.silent_at :]}

    @invariant()
    def each_notice_is_one_message(self):
        told = list(self.case.notices.exclude(seq=None).values_list("seq", flat=True))
        assert len(told) == len(set(told)) == len(said(self.case))

    @invariant()
    def a_promise_runs_only_while_there_is_one(self):
        case = again(self.case)
        assert bool(case.due) == (case.due_at is not None)
        if case.due:
            assert case.state in (State.UNDER_REVIEW, State.GOODS_AWAITED, State.INSPECTED)

    @invariant()
    def nothing_is_paid_for_goods_that_failed(self):
        case = again(self.case)
        for place in case.items.all():
            if place.result in ("refund", "replacement", "exchange") and place.finding:
                granted_anyway = case.moves.filter(state__in=ENDS_IT).exclude(reason="").exists()
                assert place.decision["outcome"] in ("eligible", "needs_review") or granted_anyway


def test_no_sequence_of_moves_reaches_a_state_without_an_allowed_edge():
    how = settings(
        max_examples=30,
        stateful_step_count=25,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        print_blob=True,
    )
    run_state_machine_as_test(Life, settings=how)


def test_every_state_can_be_reached_and_left():
    reached = {to for edges in EDGES.values() for to in edges}
    assert reached | {State.DRAFT} == set(State)
    assert all(EDGES[state] for state in State)


def test_the_case_of_the_machine_is_a_real_one():
    case = opened(RETURN)
    assert Case.objects.get().number == case.number
    assert item(case).decision["outcome"] == "eligible"
