"""Who may import whom: the picture is in docs/decisions/0001-set-up.md, its reasons in CONTRIBUTING.md."""

import sys

import pytest

from tests.house.source import PACKAGES, imports_of, module_name, modules

DOORS = ("support.widget", "support.mail", "support.desk")  # what customers and agents touch; nobody's building block
BEHIND_THE_DOORS = ("policy", "support.orders", "support.cases", "support.conversations", "support.privacy")
SEE_LETTERS = ("support.desk", "support.widget")  # people look at them, a chat goes on by them
OURS = {  # part: what of ours it may import, besides itself
    "policy": (),
    "support.orders": ("policy",),
    "support.cases": ("policy", "support.orders.services", "support.conversations"),
    "support.conversations": ("policy",),
    "support.privacy": ("support.mail.erasure", "support.orders.services", "support.cases", "support.conversations"),
    **dict.fromkeys(DOORS, BEHIND_THE_DOORS),
    **dict.fromkeys(SEE_LETTERS, (*BEHIND_THE_DOORS, "support.mail.services")),
    "support.decide": ("policy",),
    "support.run": ("support.orders.demo",),
    "support.chat": ("support.run",),
    "support.cli": (
        "support.run",
        "support.chat",
        "support.decide",
        "support.orders.commands",
        "support.cases.commands",
        "support.desk.commands",
        "support.mail.commands",
        "support.conversations.put_back",
    ),
    "support.telemetry": (),
    "support.settings": (),
    "support.urls": DOORS,
    "support.asgi": DOORS,
    "actions": (
        "policy",
        "support.orders.services",
        "support.cases.services",
        "support.cases.new_case",  # what open_case is handed
        "support.conversations.services",
    ),
    "nlu": (),
    "channels": (),
}
EVERYWHERE = ("support.telemetry",)  # whatever runs says what it does
FOREIGN = {  # library: the only parts that may import it
    "rasa": ("nlu", "channels", "support.run.training"),
    "rasa_sdk": ("actions",),
    "django": ("support", "actions.__main__"),
}


def is_in(name: str, part: str) -> bool:
    return name == part or name.startswith(part + ".")


def part_of(name: str) -> str:
    return next((part for part in OURS if is_in(name, part)), name)


@pytest.mark.parametrize("file", modules(), ids=module_name)
def test_a_module_imports_only_what_its_part_may(file):
    name = module_name(file)
    if name == "support":
        return
    part = part_of(name)
    assert part in OURS, f"{name} belongs to no part: give it its place in OURS, and say in CONTRIBUTING.md what it is"
    for imported in imports_of(file):
        library = imported.split(".")[0]
        if library in PACKAGES:
            assert any(is_in(imported, allowed) for allowed in (part, *EVERYWHERE, *OURS[part])), (
                f"{name} imports {imported}"
            )
        for who in FOREIGN.get(library, ()):
            if is_in(name, who):
                break
        else:
            assert library not in FOREIGN, f"{name} imports {imported}"
        if part == "policy" and library not in ("policy", "dateutil"):
            assert library in sys.stdlib_module_names, f"{name} imports {imported}: policy stands by itself"


def test_no_module_is_named_after_nothing_or_after_a_standard_one():
    empty = {"utils", "util", "helpers", "helper", "manager", "common", "misc"}
    for file in modules():
        stem = file.parent.name if file.name == "__init__.py" else file.stem
        assert stem not in empty, f"{module_name(file)}: name it after what it holds"
        assert stem.startswith("__") or stem not in sys.stdlib_module_names, f"{module_name(file)}: a standard module"


def test_the_sdk_finds_no_package_below_actions():
    assert not [path for path in {file.parent for file in modules()} if path.parent.name == "actions"]
