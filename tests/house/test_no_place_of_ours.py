"""The project works anywhere: no file names a package registry's host or a folder of one machine."""

import re

from tests.house.source import ROOT, tracked_files

HOSTS = r"pypi\.org|pythonhosted\.org|npmjs\.(?:org|com)|deb\.debian\.org|registry\.yarnpkg|crates\.io"
FOLDERS = r"(?<![\w.~])/(?:root|work|opt/pypi|opt/wheels|home/\w+|Users/\w+)/"
PLACES = re.compile(f"{HOSTS}|{FOLDERS}".encode())


def test_no_file_names_a_registry_or_a_machine():
    found = []
    for file in tracked_files():
        if file.name == "test_no_place_of_ours.py":
            continue
        for match in PLACES.finditer(file.read_bytes()):
            found.append(f"{file.relative_to(ROOT)}: {match[0].decode()}")
    assert found == []
