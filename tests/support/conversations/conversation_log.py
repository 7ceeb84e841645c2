"""How the tests of the log speak: a customer, a bot, a clock that stands still."""

import datetime
import uuid

from django.contrib.auth.models import User

from support.conversations import log
from support.conversations.log import Inbound, open_log
from support.conversations.models import Conversation, Message

NOW = datetime.datetime(2026, 11, 22, 10, 0, tzinfo=datetime.timezone.utc)
DOMAIN = """
responses:
  utter_turn_failed: [{text: "Sorry, a colleague will answer."}]
  utter_turn_failed_away: [{text: "Sorry, a colleague will answer. Somebody will be there {when}."}]
  utter_handed_back: [{text: "{name} has handed you back."}]
  utter_ask_rating:
    - text: "How was it?"
      buttons: [{title: "Well", payload: "rating=3"}, {title: "Not well", payload: "rating=1"}]
  utter_rated: [{text: "Thank you."}]
  utter_still_waiting:
    - text: "A colleague will answer."
      buttons: [{title: "Back to the assistant", payload: "owner=bot"}]
  utter_out_of_scope:
    - text: "That's outside what I can do."
      buttons: [{title: "Talk to a person", payload: "intent=talk_to_human"}]
  utter_photo_refused_kind: [{text: "Not that kind."}]
  utter_photo_refused_broken: [{text: "Broken."}]
  utter_photo_refused_size: [{text: "Too large."}]
  utter_photo_refused_pixels: [{text: "Too many pixels."}]
"""
REASONS = [
    {"title": "Changed my mind", "payload": "claim.reason=changed_mind"},
    {"title": "Wrong colour", "payload": "claim.reason=colour"},
]


def say(conversation: str, text: str = "", choice: str = "", photos: tuple[str, ...] = (), client_id=None) -> int:
    return log.receive(conversation, Inbound(client_id or uuid.uuid4(), text, choice, photos), NOW)


def bot_says(conversation: str, text: str, **fields) -> None:
    with open_log(conversation, NOW) as writing:
        writing.append(Message.Sender.BOT, text, **fields)


def owner_of(conversation: str) -> str:
    return Conversation.objects.get(pk=conversation).owner


def agent(name: str) -> User:
    return User.objects.get_or_create(username=name, first_name=name.title())[0]
