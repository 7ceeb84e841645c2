"""What an agent sees and does: lists, a conversation, its case."""

import datetime
import re
import uuid

import pytest
from django.db import connection
from django.utils import timezone

from policy import decide, parse_facts
from support.cases.life import Act, agent
from support.cases.models import Case
from support.cases.reminding import step
from support.cases.services import refuse
from support.conversations import history, log, ownership, photos, services
from support.conversations.log import Inbound
from support.conversations.models import Conversation, Message, Turn
from support.desk import line
from support.desk.fact_words import KINDS, LABELS, fact_fields, read_changes
from support.desk.models import CannedAnswer
from tests.support.desk.desk_scene import FACTS, NOW, open_a_case, user

HTMX = {"HX-Request": "true"}


def base(scene) -> str:
    return f"/desk/conversations/{scene.conversation}"


def text_of(answer) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def customer_writes(conversation: str, text: str) -> None:
    log.receive(conversation, Inbound(uuid.uuid4(), text), NOW)


def test_the_page_shows_what_was_said_and_offers_to_take_it(people, scene):
    shown = text_of(people["agent"].get(base(scene)))
    assert "It does not please me" in shown
    assert "A person will look at it." in shown
    assert "Take" in shown


def test_an_auditor_sees_the_same_and_can_do_nothing(people, scene):
    for path in ("", "/card"):
        page = people["auditor"].get(base(scene) + path).content.decode()
        assert "<textarea" not in page
        assert 'name="reason"' not in page
    assert "It does not please me" in text_of(people["auditor"].get(base(scene)))


def test_two_agents_take_it_and_one_is_told_who_was_quicker(people, scene):
    assert people["agent"].post(f"{base(scene)}/take", headers=HTMX).status_code == 204
    second = people["lead"].post(f"{base(scene)}/take", headers=HTMX)
    assert second.status_code == 409
    assert "Mia has taken it" in text_of(second)


def test_an_answer_reaches_the_customer_under_the_agents_name_and_a_note_does_not(people, scene):
    people["agent"].post(f"{base(scene)}/take", headers=HTMX)
    people["agent"].post(f"{base(scene)}/say", {"text": "Hi!", "client_id": str(uuid.uuid4())}, headers=HTMX)
    people["agent"].post(f"{base(scene)}/say", {"text": "smells fishy", "kind": "note"}, headers=HTMX)
    told = history.snapshot(scene.conversation, 0).messages
    assert (told[-1]["from"], told[-1]["name"], told[-1]["text"]) == ("agent", "Mia", "Hi!")
    assert "fishy" not in str(told)
    assert "smells fishy" in text_of(people["lead"].get(f"{base(scene)}/said"))


def test_text_is_shown_as_text(people, scene):
    customer_writes(scene.conversation, "<script>alert(1)</script><b>x</b>")
    page = people["agent"].get(base(scene)).content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_no_page_has_a_script_or_a_style_in_it(people, scene):
    for path in ("/desk/", base(scene), f"{base(scene)}/card", "/desk/cases", "/desk/password", "/desk/sign-in"):
        page = people["lead"].get(path, follow=True).content.decode()
        assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\son\w+=|\sstyle=|javascript:", page), path


def test_the_waiting_line_has_the_overdue_first_and_then_the_longest_wait(people, db):
    import datetime

    found = []
    for minutes in (30, 20, 10):
        conversation, _ = log.start("America/New_York", "en", NOW)
        customer_writes(conversation.pk, f"{minutes}")
        services.hand_over(conversation.pk, "asked", NOW - datetime.timedelta(minutes=minutes))
        found.append(conversation.pk)
    number = open_a_case(found[2], "", NOW)
    due_at = Case.objects.get(number=number).due_at
    rows = line.lists_for(user("agent"), NOW).waiting
    assert [(row.id, row.urgency) for row in rows] == [(found[0], ""), (found[1], ""), (found[2], "")]
    for now, urgency in ((due_at - line.SOON, "due soon"), (due_at, "overdue")):
        rows = line.lists_for(user("agent"), now).waiting
        assert (rows[0].id, rows[0].urgency) == (found[2], urgency)
        assert [row.id for row in rows[1:]] == found[:2]


def test_of_a_long_line_the_most_urgent_are_shown_and_the_rest_is_counted(people, db):
    import datetime

    rows = line.SHOWN + 2
    for minutes in range(rows, 0, -1):
        conversation, _ = log.start("America/New_York", "en", NOW)
        customer_writes(conversation.pk, f"{minutes} minutes ago")
        services.hand_over(conversation.pk, "asked", NOW - datetime.timedelta(minutes=minutes))
    number = open_a_case(conversation.pk, "", NOW)
    due_at = Case.objects.get(number=number).due_at
    lists = line.lists_for(user("agent"), due_at)
    assert (len(lists.waiting), lists.in_line, lists.behind) == (line.SHOWN, rows, 2)
    shown = [row.snippet for row in lists.waiting]
    assert shown == ["1 minutes ago", *(f"{minutes} minutes ago" for minutes in range(rows, 3, -1))]
    page = text_of(people["agent"].get("/desk/line"))
    assert f"Waiting {rows}" in page
    assert "2 more behind these." in page


def test_the_lists_ask_the_database_as_often_whoever_waits(people, scene, django_assert_max_num_queries):
    mia = user("agent")
    with django_assert_max_num_queries(8):
        line.lists_for(mia, NOW)


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL reads tables as small as these as a whole")
def test_the_lists_read_no_more_conversations_than_they_show(people, scene, django_assert_max_num_queries):
    mia = user("agent")
    with django_assert_max_num_queries(8) as asked:
        line.lists_for(mia, NOW)
    with connection.cursor() as cursor:
        plans = [cursor.execute(f"explain query plan {query['sql']}").fetchall() for query in asked.captured_queries]
    steps = [row[3] for plan in plans for row in plan]
    assert not [step for step in steps if re.match("SCAN (conversations|cases)_", step)]
    searched = [step for step in steps if step.startswith("SEARCH conversations_conversation ")]
    by_index = [step.partition("USING ")[2].partition(" (")[0] for step in searched]
    assert sorted(by_index) == [
        *["INDEX conversations_by_owner"] * 4,  # mine, colleagues', the assistant's, closed
        "INDEX sqlite_autoindex_conversations_conversation_1",  # what is shown of each
        *["INDEX waiting_line"] * 2,  # the line, and how long it is
    ]


def test_unread_counts_what_the_customer_wrote_since_this_agent_looked(people, scene):
    mia = user("agent")

    def unread() -> int:
        lists = line.lists_for(mia, NOW)
        return sum(row.unread for row in [*lists.mine, *lists.assistant] if row.id == scene.conversation)

    assert unread() == 1
    people["agent"].get(base(scene))
    assert unread() == 0
    customer_writes(scene.conversation, "hello?")
    assert unread() == 1
    assert sum(row.unread for row in line.lists_for(user("lead"), NOW).assistant) == 2


def test_the_card_has_facts_with_sources_the_decision_in_words_and_the_evidence(people, scene):
    shown = text_of(people["agent"].get(f"{base(scene)}/card"))
    assert scene.case in shown
    assert "The policy says yes" in shown
    assert "R.window" in shown
    assert re.search(r"Unused yes customer", shown)
    assert re.search(r"Delivered on 2026-11-12 shop", shown)
    assert "A photo of the item, with the defect if there is one is there" in shown
    assert "Answer by Wed, 25 Nov 2026" in shown


def test_what_if_decides_without_writing_anything(people, scene):
    form = {"case": scene.case, "item": "0", "claim.unused": "false"}
    shown = text_of(people["auditor"].get(f"{base(scene)}/what-if", form))
    assert "The policy says no" in shown
    assert "R.unused" in shown
    assert Case.objects.get().items.get().decision["outcome"] == "eligible"


def test_what_if_names_the_field_that_is_wrong(people, scene):
    form = {"case": scene.case, "item": "0", "order.delivered_on": "yesterday"}
    assert "order.delivered_on" in text_of(people["agent"].get(f"{base(scene)}/what-if", form))


def test_a_fact_put_right_in_a_case_is_the_agents_and_is_decided_again(people, scene):
    form = {"key": str(uuid.uuid4()), "item": "0", "claim.unused": "false", "reason": "photo shows water marks"}
    answer = people["agent"].post(f"/desk/cases/{scene.case}/change-fact", form, headers=HTMX)
    assert answer.status_code == 204, answer.content
    item = Case.objects.get().items.get()
    assert item.facts["claim.unused"] == {"value": False, "source": "agent"}
    assert item.decision["outcome"] == "not_eligible"
    assert "Unused was: yes" in text_of(people["agent"].get(f"{base(scene)}/card"))


def test_from_approval_to_refund(people, scene):
    for move, state in (
        ("approve", "goods_awaited"),
        ("receive", "received"),
        ("inspect", "inspected"),
        ("settle", "refunded"),
        ("close", "closed"),
    ):
        answer = people["agent"].post(f"/desk/cases/{scene.case}/{move}", {"key": str(uuid.uuid4())}, headers=HTMX)
        assert answer.status_code == 204, answer.content
        assert Case.objects.get().state == state
        assert people["agent"].get(f"{base(scene)}/card").status_code == 200
    assert "refund" in Message.objects.filter(case__isnull=False).last().text


def test_a_failed_inspection_refuses_and_says_how_to_get_the_goods_back(people, scene):
    def step(move: str, **form: str) -> None:
        answer = people["agent"].post(
            f"/desk/cases/{scene.case}/{move}", {"key": str(uuid.uuid4()), **form}, headers=HTMX
        )
        assert answer.status_code == 204, answer.content

    step("approve")
    step("receive")
    step("inspect", unused_0="false")
    assert Case.objects.get().items.get().decision["outcome"] == "not_eligible"
    step("refuse")
    assert Case.objects.get().state == "refused"
    assert "R.failed" in {citation["clause"] for citation in Message.objects.last().citations}


def test_the_same_press_twice_is_one_step_and_a_step_out_of_turn_is_refused(people, scene):
    form = {"key": str(uuid.uuid4())}
    for _ in range(2):
        assert people["agent"].post(f"/desk/cases/{scene.case}/approve", form, headers=HTMX).status_code == 204
    late = people["lead"].post(f"/desk/cases/{scene.case}/approve", {"key": str(uuid.uuid4())}, headers=HTMX)
    assert late.status_code == 409
    missing = people["lead"].post(f"/desk/cases/{scene.case}/no-such-step", form, headers=HTMX)
    assert missing.status_code == 404


def test_what_is_missing_for_a_step_is_said(people, scene):
    number = open_a_case(scene.conversation, scene.photo, NOW, **{"claim.reason": "other"})
    answer = people["agent"].post(f"/desk/cases/{number}/approve", {"key": str(uuid.uuid4())}, headers=HTMX)
    assert answer.status_code == 400
    assert "reason" in text_of(answer)


def test_handing_back_carries_what_the_form_puts_right(people, scene):
    people["agent"].post(f"{base(scene)}/take", headers=HTMX)
    form = {"request": "return", "claim.unused": "true", "claim.reason": "", "order": "10236"}
    assert people["agent"].post(f"{base(scene)}/hand-back", form, headers=HTMX).status_code == 204
    assert Conversation.objects.get().owner == "bot"
    assert Turn.objects.get(settled__isnull=False).settled == {
        "request": "return",
        "claim.unused": True,
        "order.number": "SC10236",
    }


def test_a_fact_that_cannot_be_is_not_handed_back(people, scene):
    people["agent"].post(f"{base(scene)}/take", headers=HTMX)
    form = {"request": "return", "order.delivered": "true", "order.delivered_on": "2099-01-01"}
    answer = people["agent"].post(f"{base(scene)}/hand-back", form, headers=HTMX)
    assert answer.status_code == 400
    assert "order.delivered_on" in text_of(answer)
    assert Conversation.objects.get().owner == "agent"


def test_passing_on_to_one_who_may_not_answer_is_refused(people, scene):
    people["agent"].post(f"{base(scene)}/take", headers=HTMX)
    assert people["agent"].post(f"{base(scene)}/transfer", {"to": "ada"}, headers=HTMX).status_code == 404
    assert people["agent"].post(f"{base(scene)}/transfer", {"to": "lea"}, headers=HTMX).status_code == 204
    assert Conversation.objects.get().agent == user("lead")


def test_answers_that_are_given_often_have_their_gaps_filled(people, scene):
    CannedAnswer.objects.create(title="Odd", text="Case {case} for {item}, by {answer_by}: {agent} {nothing} {0}")
    CannedAnswer.objects.create(title="Broken", text="a { b")
    ownership.take(scene.conversation, user("agent"), NOW)
    page = people["agent"].get(f"{base(scene)}/owner").content.decode()
    assert "Hello, this is Mia from SOOCAS." in page
    assert f"Your case is {scene.case}. You&#x27;ll hear from us by Wednesday, 25 November 2026" in page
    assert "a { b" in page


def test_an_erased_conversation_is_gone_from_every_page(people, scene):
    from support.conversations import erasure

    erasure.begin(scene.conversation, NOW)
    for path in ("", "/said", "/owner", "/card", "/what-if"):
        assert people["agent"].get(base(scene) + path).status_code == 404
    assert scene.conversation not in people["agent"].get("/desk/").content.decode()


def test_what_is_overdue_stands_in_the_bar_of_every_page(people, scene):
    Case.objects.update(due_at=timezone.now() + datetime.timedelta(days=1))
    assert "overdue" not in text_of(people["agent"].get("/desk/cases"))
    Case.objects.update(due_at=NOW.replace(year=2020))
    assert "Cases 1 overdue" in text_of(people["agent"].get("/desk/"))


def test_a_photo_whose_file_is_gone_is_not_there(people, scene):
    photos.delete_shown(scene.photo)
    assert people["agent"].get(f"/desk/photos/{scene.photo}").status_code == 404


def test_cases_are_listed_by_what_is_due_and_found_by_number(people, scene):
    assert scene.case in text_of(people["agent"].get("/desk/cases"))
    assert scene.case in text_of(people["agent"].get("/desk/cases?find=sc10234"))
    assert scene.case not in text_of(people["agent"].get("/desk/cases?state=closed"))


@pytest.mark.parametrize("typed", ["SC10234", "%23sc 10234", "10234"])
def test_cases_of_an_order_are_found_however_its_number_is_typed(people, scene, typed):
    assert scene.case in text_of(people["agent"].get(f"/desk/cases?find={typed}"))
    assert scene.case in text_of(people["agent"].get(f"/desk/cases?find= {scene.case.lower()} "))


def test_the_page_of_cases_does_not_make_the_lists_it_does_not_show(people, scene, django_assert_max_num_queries):
    with django_assert_max_num_queries(8):
        people["agent"].get("/desk/cases")


@pytest.mark.parametrize("fact", KINDS)
def test_the_form_of_facts_reads_back_what_it_shows(fact):
    facts = {name: {"value": value, "source": "shop"} for name, value in FACTS.items()}
    form = {field.fact: field.value for field in fact_fields(facts)}
    assert read_changes(form, facts) == {}
    assert fact in LABELS


def test_every_fact_of_the_contract_has_a_label():
    from policy.facts import FIELDS

    assert set(FIELDS) == set(LABELS)
    assert decide(parse_facts(FACTS)).outcome == "eligible"


def test_the_card_tells_what_the_customer_was_told_and_how_it_ended_by_itself(people, scene):
    case = Case.objects.get()
    refuse(case.number, Act(agent("mia", "Mia"), NOW, "1"), reason="worn")
    step(NOW + datetime.timedelta(days=60))
    shown = text_of(people["agent"].get(f"{base(scene)}/card"))
    assert "What the customer was told of it" in shown
    assert re.search(r"Refused · Mia .* worn", shown)
    assert "Closed · by itself" in shown


@pytest.mark.parametrize("path", ["", "cases", "mail", "numbers", "audit", "privacy"])
def test_the_bar_says_where_one_is(people, scene, path):
    page = people["lead"].get(f"/desk/{path}").content.decode()
    bar = page[page.index('<nav aria-label="Desk">') : page.index("</nav>")]
    assert re.findall(r'href="/desk/(\w*)" aria-current="page"', bar) == [path]
