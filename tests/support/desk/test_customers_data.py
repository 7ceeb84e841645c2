"""One customer's data as a whole: handed out complete, erased complete; and what is kept only for so long."""

import datetime
import io
import json
import uuid
import zipfile

import pytest

from support.cases.models import Case
from support.conversations import log, ownership, photos
from support.conversations.log import Inbound
from support.conversations.models import Conversation, Message, Note, Photo, Rating
from support.desk import commands
from support.desk.models import AuditEntry
from support.orders.models import Order, ProofAttempt
from support.privacy import customer
from support.privacy.erasure import erase
from support.privacy.keeping import keep_no_longer
from tests.support.desk.desk_order import order_of
from tests.support.desk.desk_scene import NOW, user

EMAIL = "dana@example.com"
DAY = datetime.timedelta(days=1)


def is_kept(photo: str) -> bool:
    """Whether there is a file to show of it."""
    try:
        return bool(photos.shown(photo))
    except FileNotFoundError:
        return False


@pytest.fixture
def dana(scene):
    """Her order, proven in the conversation of the scene; somebody else who only typed her address."""
    order_of(EMAIL, "SC10234")
    ProofAttempt.objects.create(conversation_id=scene.conversation, number="SC10234", at=NOW, outcome="proven")
    other, _ = log.start("", "en", NOW)
    log.receive(other.pk, Inbound(uuid.uuid4(), f"my neighbour is {EMAIL.upper()}"), NOW)
    return scene, other.pk


def test_a_customer_is_found_by_orders_proofs_cases_and_what_was_typed(dana):
    scene, other = dana
    found = customer.find(" Dana@Example.com ")
    assert (found.orders, found.theirs, found.mentioned) == (("SC10234",), (scene.conversation,), (other,))
    assert found.cases == (scene.case,)
    assert customer.find("nobody@example.com").is_empty
    assert customer.find("").is_empty
    assert customer.find("dana").is_empty


def test_what_is_handed_out_is_whole_and_only_theirs(dana):
    scene, other = dana
    with zipfile.ZipFile(io.BytesIO(customer.export(EMAIL))) as archive:
        data = json.loads(archive.read("data.json"))
        assert archive.namelist() == ["data.json", f"photos/{scene.photo}.jpg"]
    assert data["orders"][0]["email"] == EMAIL
    assert [talk["id"] for talk in data["conversations"]] == [scene.conversation]
    assert "It does not please me" in str(data)
    assert data["cases"][0]["items"][0]["decision"]["outcome"] == "eligible"
    assert "neighbour" not in str(data)
    assert other


def test_erasing_leaves_what_was_decided_and_nobodys_name(dana):
    scene, other = dana
    Case.objects.update(state="closed")
    customer.erase_customer(EMAIL, NOW, "lea")
    assert Message.objects.count() == 0
    assert not Conversation.objects.filter(erased_at=None).exists()
    assert not is_kept(scene.photo)
    order = Order.objects.get()
    assert (order.number, order.email, order.postcode, order.phone, order.payment) == ("SC10234", "", "", "", "")
    item = Case.objects.get().items.get()
    assert (item.decision["outcome"], item.evidence["photos"]) == ("eligible", [])
    assert customer.find(EMAIL).is_empty
    assert other


def test_notes_and_ratings_go_with_the_conversation(dana):
    scene, _ = dana
    ownership.note(scene.conversation, "mia", "sounds like Dana from the fair", NOW)
    Rating.objects.create(conversation_id=scene.conversation, asked_at=NOW, value=3)
    ownership.take(scene.conversation, user("agent"), NOW)
    customer.erase_customer(EMAIL, NOW, "lea")
    assert not Note.objects.exists()
    assert not Rating.objects.exists()
    assert Conversation.objects.get(pk=scene.conversation).agent is None


def test_the_page_asks_for_the_address_once_more(dana, people):
    lead = people["lead"]
    assert lead.post("/desk/privacy/erase", {"email": EMAIL, "again": "dan@example.com"}).status_code == 400
    assert lead.post("/desk/privacy/erase", {"email": "", "again": ""}).status_code == 400
    assert Message.objects.count() > 0
    page = lead.post("/desk/privacy/find", {"email": EMAIL}).content.decode()
    assert "<dd>1</dd>" in page
    assert lead.post("/desk/privacy/erase", {"email": EMAIL, "again": EMAIL}).status_code == 200
    assert Message.objects.count() == 0
    assert not any(EMAIL in detail for detail in AuditEntry.objects.values_list("detail", flat=True))
    assert AuditEntry.objects.filter(action="erased a customer's data", who="lea").exists()
    assert AuditEntry.objects.filter(action="erased the conversation", who="lea").count() == 2


def test_the_command_exports_and_erases(dana, tmp_path, capsys):
    file = tmp_path / "dana.zip"
    assert commands.privacy(["export", EMAIL, "--to", str(file)]) == 0
    assert zipfile.is_zipfile(file)
    assert file.stat().st_mode & 0o077 == 0
    assert commands.privacy(["erase", EMAIL]) == 1  # nobody there to say yes
    assert Message.objects.count() > 0
    assert commands.privacy(["erase", EMAIL, "--yes"]) == 0
    assert commands.privacy(["erase", EMAIL, "--yes"]) == 1
    assert "nothing of this address" in capsys.readouterr().err
    assert Message.objects.count() == 0


@pytest.mark.parametrize(("after_days", "kept"), [(9, True), (10, True), (11, False)])
def test_a_photo_goes_after_its_days(scene, settings, after_days, kept):
    settings.KEEP_PHOTOS_DAYS, settings.KEEP_TRANSCRIPTS_DAYS = 10, 0
    Case.objects.update(state="closed")
    keep_no_longer(NOW + after_days * DAY)
    assert Photo.objects.exists() == is_kept(scene.photo) == kept
    assert Message.objects.exists()


@pytest.mark.parametrize(("after_days", "kept"), [(9, True), (10, True), (11, False)])
def test_a_conversation_goes_after_its_days(scene, settings, after_days, kept):
    settings.KEEP_PHOTOS_DAYS, settings.KEEP_TRANSCRIPTS_DAYS = 0, 10
    Case.objects.update(state="closed")
    keep_no_longer(NOW + after_days * DAY)
    assert Message.objects.exists() == kept


def test_what_an_open_case_needs_stays(scene, settings):
    settings.KEEP_PHOTOS_DAYS = settings.KEEP_TRANSCRIPTS_DAYS = 10
    assert keep_no_longer(NOW + 1000 * DAY) == (0, 0)
    assert is_kept(scene.photo)


def test_nobody_who_waits_is_erased(scene, settings):
    from support.conversations import services

    settings.KEEP_PHOTOS_DAYS, settings.KEEP_TRANSCRIPTS_DAYS = 0, 10
    Case.objects.update(state="closed")
    services.hand_over(scene.conversation, "asked", NOW)
    assert keep_no_longer(NOW + 1000 * DAY) == (0, 0)


def test_0_days_keep_for_good(scene, settings):
    settings.KEEP_PHOTOS_DAYS = settings.KEEP_TRANSCRIPTS_DAYS = 0
    Case.objects.update(state="closed")
    assert keep_no_longer(NOW + 10_000 * DAY) == (0, 0)


def test_what_was_deleted_and_by_whom_is_in_the_audit_log_without_what_it_was(scene, dana, settings):
    settings.KEEP_PHOTOS_DAYS, settings.KEEP_TRANSCRIPTS_DAYS = 10, 20
    Case.objects.update(state="closed")
    _, mentioned = dana
    begun, _ = log.start("", "en", NOW + 30 * DAY)
    keep_no_longer(NOW + 11 * DAY)
    keep_no_longer(NOW + 21 * DAY)
    keep_no_longer(NOW + 22 * DAY)
    erase(begun.pk, NOW)
    erase(begun.pk, NOW)
    assert set(AuditEntry.objects.values_list("who", "action", "conversation", "detail")) == {
        ("retention", "deleted a photo after 10 days", scene.conversation, ""),
        ("retention", "erased the conversation", scene.conversation, ""),
        ("retention", "erased the conversation", mentioned, ""),
        ("customer", "erased the conversation", begun.pk, ""),
    }
    assert AuditEntry.objects.count() == 4
