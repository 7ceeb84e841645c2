"""How well mails are read: the customer's own words cut out, programs told from people, how long each takes.

Run:  python -m benchmarks.mail [../shared/data/mail]

The folder has mails and an index.json that says of each what its source's own tests expect. A reply is good if no word
of it is lost and nothing quoted or signed is left; where the source keeps signatures, ours is put back first.
"""

from __future__ import annotations

import json
import os
import re
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

from support.mail.cutting import Cut, cut
from support.mail.html_text import text_of
from support.mail.kinds import Kind, kind_of
from support.mail.letter import read_letter

MAILS = Path("../shared/data/mail")
AUTOMATIC = ("bounce", "auto_reply", "complaint", "list_mail")


def main(folder: Path) -> None:
    """Prints the figures, and every mail that is not as it should be."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "support.settings")  # which address is ours
    index = json.loads((folder / "index.json").read_text(encoding="utf-8"))
    good, kept, kinds, slowest = Counter[bool](), Counter[str](), Counter[str](), (0.0, "")
    for item in index:
        raw = (folder / item["file"]).read_bytes()
        began = time.process_time()
        words, kind = read(item["file"], raw)
        slowest = max(slowest, (time.process_time() - began, item["file"]))
        if (is_good := judged(item, words)) is not None:
            good[is_good] += 1
            wanted = Counter((item.get("expected_reply_text") or "\n".join(item.get("must_contain", ()))).split())
            kept["all"] += wanted.total()
            kept["kept"] += (wanted & Counter((words.reply + "\n" + words.signature).split())).total()
            if not is_good:
                print(f"not good: {item['file']}: {words.reply[-120:]!r}")
        if kind:
            is_automatic = bool((item.get("expected") or {}).get("is_auto_or_bounce")) or item["kind"] in AUTOMATIC
            kinds[
                f"{'automatic' if is_automatic else 'person'} as {'person' if kind is Kind.PERSON else 'automatic'}"
            ] += 1
            if is_automatic == (kind is Kind.PERSON):
                print(f"taken for {kind.value}: {item['file']} ({item['kind']})")
    print(f"replies good      {good[True]} of {good.total()} ({good[True] / good.total():.1%})")
    print(f"words kept        {kept['kept'] / kept['all']:.1%}")
    print(f"slowest mail      {slowest[0] * 1000:.0f} ms of CPU ({slowest[1]})")
    for name, count in sorted(kinds.items()):
        print(f"{name:24} {count}")


def read(name: str, raw: bytes) -> tuple[Cut, Kind | None]:
    """The parts of a mail, or of a bare body, whose kind nobody can tell."""
    if name.endswith(".eml"):
        letter = read_letter(raw)
        return letter.words, kind_of(letter)
    text = raw.decode("utf-8", "replace")
    return cut(text_of(text) if name.endswith(".html") else text), None


def judged(item: dict[str, Any], words: Cut) -> bool | None:
    """Whether the reply is as the source expects it; None where it expects nothing."""
    both = f"{words.reply}\n{words.signature}"
    if "expected_reply_text" in item:
        ours = {words.reply, both} if "+ signatures" not in (item.get("policy") or "") else {words.reply}
        return squeezed(item["expected_reply_text"]) in {squeezed(text) for text in ours}
    if "must_contain" in item:
        contains = all(squeezed(piece) in squeezed(both) for piece in item["must_contain"])
        return contains and not any(
            squeezed(piece) in squeezed(words.reply) for piece in item.get("must_not_contain") or ()
        )
    return None


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else MAILS)
