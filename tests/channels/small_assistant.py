"""A real Rasa assistant, as small as it can be, behind our real channel; and an action server that can misbehave."""

import asyncio
import json
import threading
import time
from pathlib import Path
from typing import Any

import uvicorn

from support.run.free_ports import free_port

TOKEN = "a-token-for-tests-only"
CONFIG = """
recipe: default.v1
assistant_id: small
language: en
pipeline: [{name: KeywordIntentClassifier}]
policies: [{name: RulePolicy, enable_fallback_prediction: false}]
"""
DOMAIN = """
version: "3.1"
intents: [greet, inform, choose, send_photos, talk_to_human]
entities: [secret]
slots:
  secret: {type: text, mappings: [{type: from_entity, entity: secret}]}
responses:
  utter_greet:
    - text: "Hello, what is it?"
      buttons: [{title: Return it, payload: "request=return"}]
      custom: {asks: {fact: request, kind: choice}}
  utter_secret: [{text: "The secret is {secret}."}]
actions: [action_act, action_session_start]
session_config: {session_expiration_time: 60, carry_over_slots_to_new_session: true}
"""
DATA = """
version: "3.1"
nlu:
  - intent: greet
    examples: "- hello\\n- good day"
  - intent: inform
    examples: "- the secret"
rules:
  - {rule: greet, steps: [{intent: greet}, {action: utter_greet}]}
  - {rule: inform, steps: [{intent: inform}, {action: utter_secret}]}
  - {rule: choose, steps: [{intent: choose}, {action: action_act}]}
  - {rule: photos, steps: [{intent: send_photos}, {action: action_act}]}
  - {rule: person, steps: [{intent: talk_to_human}, {action: action_act}]}
"""


class ActionServer:
    """Answers Rasa's action calls with one message; `behave` is "well", "fail" or "hang up"."""

    def __init__(self) -> None:
        self.port, self.behave, self.calls = free_port(), "well", []
        quiet = {"log_level": "critical", "ws": "none", "lifespan": "off", "interface": "asgi3"}
        self.server = uvicorn.Server(uvicorn.Config(self._app, port=self.port, **quiet))

    def start(self) -> None:
        self.thread = threading.Thread(target=self.server.run, daemon=True)
        self.thread.start()
        while not self.server.started:
            time.sleep(0.005)

    def stop(self) -> None:
        self.server.should_exit = self.server.force_exit = True
        self.thread.join()

    async def _app(self, scope: Any, receive: Any, send: Any) -> None:
        body, more = b"", True
        while more:
            part = await receive()
            body, more = body + part.get("body", b""), part.get("more_body", False)
        call = json.loads(body)
        self.calls.append({**call, "authorization": dict(scope["headers"]).get(b"authorization")})
        said = {"text": "Done.", "custom": {"case": {"number": "C-1", "state": "under_review"}, "citations": []}}
        answer = {"events": [], "responses": [said]}
        if call["next_action"] == "action_session_start":
            begun = [{"event": "session_started"}, {"event": "action", "name": "action_listen"}]
            answer = {"events": begun, "responses": []}
        status = 500 if self.behave == "fail" else 200
        length = 5000 if self.behave == "hang up" else len(json.dumps(answer))
        kind = (b"content-type", b"application/json")
        headers = [kind, (b"content-length", str(length).encode())]
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": json.dumps(answer).encode()})


def train(folder: Path) -> str:
    """The path of the trained model. Some seconds, most of them importing Rasa."""
    from rasa.model_training import train as rasa_train

    for name, content in (("config.yml", CONFIG), ("domain.yml", DOMAIN), ("data.yml", DATA)):
        (folder / name).write_text(content)
    result = rasa_train(
        str(folder / "domain.yml"), str(folder / "config.yml"), [str(folder / "data.yml")], str(folder / "models")
    )
    return result.model


class RasaServer:
    """Rasa's own web server with our channel, in a thread."""

    def __init__(self, model: str, tracker: Path, actions_port: int, token: str = TOKEN) -> None:
        self.model, self.tracker, self.actions_port, self.token = model, tracker, actions_port, token
        self.port, self.ready = free_port(), threading.Event()
        self.url = f"http://127.0.0.1:{self.port}/webhooks/conversation"

    def start(self) -> None:
        self.thread = threading.Thread(target=self._run, daemon=True)
        self.thread.start()
        assert self.ready.wait(60)

    def stop(self) -> None:
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join()

    def _run(self) -> None:
        from rasa.core.agent import Agent
        from rasa.core.run import configure_app
        from rasa.utils.endpoints import EndpointConfig
        from sanic import Sanic

        from channels.action_server import call_lightly
        from channels.conversation import ConversationInput, warm_up
        from channels.shortcuts import take_shortcuts
        from channels.trackers import ConversationTrackerStore

        self.loop = asyncio.new_event_loop()
        asyncio.set_event_loop(self.loop)
        Sanic.test_mode = True
        endpoint = EndpointConfig(f"http://127.0.0.1:{self.actions_port}", headers={"Authorization": "Bearer x"})
        app = configure_app(
            [ConversationInput.from_credentials({"token": self.token})], enable_api=False, use_uvloop=False
        )
        call_lightly()
        take_shortcuts()
        store = ConversationTrackerStore(dialect="sqlite", db=str(self.tracker))
        app.ctx.agent = self.agent = Agent.load(self.model, tracker_store=store, action_endpoint=endpoint)
        self.loop.run_until_complete(warm_up(self.agent))
        server = self.loop.run_until_complete(
            app.create_server("127.0.0.1", self.port, return_asyncio_server=True, access_log=False)
        )
        self.loop.run_until_complete(server.startup())
        self.loop.call_soon(self.ready.set)
        self.loop.run_forever()
        self.loop.run_until_complete(self.loop.shutdown_asyncgens())
