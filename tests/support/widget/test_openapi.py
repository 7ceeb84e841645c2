"""The API's description is true: every path and method that is answered, and none that is not."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from support.widget import urls

METHODS = ("get", "post", "put", "patch", "delete")
DOCUMENT = json.loads((Path(urls.__file__).with_name("openapi.json")).read_text())
UNDESCRIBED = {"/chat/api/openapi.json", "/chat/api/docs"}


def routes() -> Iterator[str]:
    for pattern in urls.urlpatterns:
        route = str(pattern.pattern)
        if route.startswith("chat/api/"):
            named = route.replace("<str:conversation_id>", "{id}").replace("<slug:photo_id>", "{photo}")
            yield "/" + re.sub(r"<\w+:(\w+)>", r"{\1}", named)


def test_every_path_of_the_chat_api_is_described():
    assert set(routes()) - UNDESCRIBED == set(DOCUMENT["paths"])


@pytest.mark.parametrize("path", DOCUMENT["paths"])
def test_a_path_takes_the_methods_that_are_described_and_no_other(web, path):
    address = web.url + re.sub(r"\{\w+\}", "x", path)
    described = {method for method in DOCUMENT["paths"][path] if method in METHODS}
    answered = {method for method in METHODS if httpx.request(method, address, verify=False).status_code != 405}
    assert answered == described


def test_every_call_says_what_it_can_answer():
    for path, calls in DOCUMENT["paths"].items():
        for method in set(calls) & set(METHODS):
            answers = set(calls[method]["responses"])
            assert {"405", "429"} <= answers, (method, path)
            assert ("401" in answers) == ("{id}" in path), (method, path)


def test_every_reference_leads_somewhere():
    for name in set(re.findall(r"#/components/schemas/(\w+)", json.dumps(DOCUMENT))):
        assert name in DOCUMENT["components"]["schemas"]
