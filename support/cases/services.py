"""The one door to cases."""

from support.cases.calendar_file import calendar_file, card_of
from support.cases.case_file import CaseFile, case_file
from support.cases.case_list import (
    CaseRow,
    DeskReminder,
    count_by_state,
    count_overdue,
    desk_reminders,
    due_soon,
    list_cases,
    overdue_cases,
)
from support.cases.correcting import change_fact, what_if
from support.cases.dates import CaseDates
from support.cases.deciding import approve, close, refuse, reopen, withdraw
from support.cases.docket import CaseNotFound, Moved
from support.cases.figures import (
    ClauseCount,
    Ending,
    Keeping,
    answer_times,
    deadline_keeping,
    endings,
    outcomes_by_clause,
)
from support.cases.goods import ask_goods_back, await_goods, inspect, receive
from support.cases.grants import BadRequest
from support.cases.life import CLOCK, CUSTOMER, Act, Actor, MoveNotAllowed, State, agent, next_states
from support.cases.notices import OpenLetter, open_letters, settle_letter
from support.cases.opening import (
    cases_of_conversation,
    cases_of_order,
    draft_case,
    find_case,
    may_withdraw,
    open_case,
    open_case_about,
    submit,
    withdraw_own,
)
from support.cases.settled_before import as_settled
from support.cases.settling import settle

__all__ = [
    "CLOCK",
    "CUSTOMER",
    "Act",
    "Actor",
    "BadRequest",
    "CaseDates",
    "CaseFile",
    "CaseNotFound",
    "CaseRow",
    "ClauseCount",
    "DeskReminder",
    "Ending",
    "Keeping",
    "MoveNotAllowed",
    "Moved",
    "OpenLetter",
    "State",
    "agent",
    "answer_times",
    "approve",
    "as_settled",
    "ask_goods_back",
    "await_goods",
    "calendar_file",
    "card_of",
    "case_file",
    "cases_of_conversation",
    "cases_of_order",
    "change_fact",
    "close",
    "count_by_state",
    "count_overdue",
    "deadline_keeping",
    "desk_reminders",
    "draft_case",
    "due_soon",
    "endings",
    "find_case",
    "inspect",
    "list_cases",
    "may_withdraw",
    "next_states",
    "open_case",
    "open_case_about",
    "open_letters",
    "outcomes_by_clause",
    "overdue_cases",
    "receive",
    "refuse",
    "reopen",
    "settle",
    "settle_letter",
    "submit",
    "what_if",
    "withdraw",
    "withdraw_own",
]
