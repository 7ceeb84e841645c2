"""Mails of customers, made up for the tests."""

from __future__ import annotations

import io
from datetime import datetime, timezone
from email.message import EmailMessage
from email.utils import format_datetime

from PIL import Image

CUSTOMER = "farah@example.com"
SHOP = "support@soocas.example"


def mail(text: str = "", html: str = "", headers: dict[str, str] | None = None, **given: str) -> EmailMessage:
    """A mail from CUSTOMER to SHOP; headers replace ours, None takes one away."""
    message = EmailMessage()
    ours = {
        "From": f"Farah Q. <{CUSTOMER}>",
        "To": SHOP,
        "Subject": given.get("subject", "My toothbrush"),
        "Date": format_datetime(datetime.now(timezone.utc)),
        "Message-ID": given.get("message_id", f"<{abs(hash(text + html))}.{datetime.now().timestamp()}@example.com>"),
    }
    for name, value in (ours | (headers or {})).items():
        if value is not None:
            message[name] = value
    if text or not html:
        message.set_content(text)
    if html and text:
        message.add_alternative(html, subtype="html")
    elif html:
        message.set_content(html, subtype="html")
    return message


def attach(
    message: EmailMessage, content: bytes, name: str, kind: str = "image/jpeg", inline: str = ""
) -> EmailMessage:
    """The same mail with a file; inline: its content id, for one that is shown inside."""
    major, minor = kind.split("/")
    message.add_attachment(
        content,
        maintype=major,
        subtype=minor,
        filename=name,
        **({"disposition": "inline", "cid": f"<{inline}>"} if inline else {}),
    )
    return message


def picture(
    width: int = 320, height: int = 240, kind: str = "JPEG", colour: tuple[int, int, int] = (200, 90, 90)
) -> bytes:
    """A picture that says nothing, of at least 6 KB unless it is tiny."""
    file = io.BytesIO()
    noise = Image.effect_noise((width, height), 60).convert("RGB")
    Image.blend(noise, Image.new("RGB", (width, height), colour), 0.5).save(file, kind)
    return file.getvalue()
