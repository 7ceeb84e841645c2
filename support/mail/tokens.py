"""Tokens in our addresses and Message-IDs: which conversation or letter is meant, and that we wrote it."""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import secrets

from django.conf import settings

REPLY, BOUNCE = "r", "b"
MAC_BYTES = 10
TOKEN = re.compile(r"[a-z2-7]{42}")


def sign(purpose: str, identity: str) -> str:
    """42 lower-case characters that name this id (32 hex digits) for this purpose."""
    known = bytes.fromhex(identity)
    return base64.b32encode(known + _mac(purpose, known)).decode().rstrip("=").lower()


def unsign(purpose: str, token: str) -> str | None:
    """The id of a token we made for this purpose; None for any other."""
    if not TOKEN.fullmatch(token):
        return None
    try:
        content = base64.b32decode(token.upper() + "=" * (-len(token) % 8))
    except ValueError:
        return None
    known = content[:-MAC_BYTES].hex()
    return known if hmac.compare_digest(token.encode(), sign(purpose, known).encode()) else None


def our_address(purpose: str, identity: str) -> str:
    """support+r<token>@…: where a reply to this conversation, or a bounce of this letter, comes in."""
    local, _, domain = settings.MAIL_ADDRESS.partition("@")
    return f"{local}+{purpose}{sign(purpose, identity)}@{domain}"


def named_in(purpose: str, address: str) -> tuple[str | None, bool]:
    """The id that an address of ours names, and whether it has a token that is none of ours."""
    local, _, _ = settings.MAIL_ADDRESS.partition("@")
    begin = f"{local.lower()}+{purpose}"
    given = address.partition("@")[0].lower()
    if not given.startswith(begin) or len(given) < len(begin) + 20:
        return None, False
    found = unsign(purpose, given.removeprefix(begin))
    return found, found is None


def message_id(letter_id: str, conversation_id: str) -> str:
    """The Message-ID of a letter of this conversation."""
    domain = settings.MAIL_ADDRESS.partition("@")[2]
    return f"<{letter_id}.{sign(REPLY, conversation_id)}@{domain}>"


def conversation_in(identity: str) -> tuple[str | None, bool]:
    """The conversation that a Message-ID of ours names, and whether it only pretends to be ours."""
    domain = settings.MAIL_ADDRESS.partition("@")[2].lower()
    found = re.fullmatch(r"<[0-9a-f]{32}\.([^@<>.]{1,60})@([^@<>]{1,200})>", identity)
    if not found or found[2].lower() != domain:
        return None, False
    conversation = unsign(REPLY, found[1].lower())
    return conversation, conversation is None


def new_secret() -> tuple[str, str]:
    """A secret for a link, and its digest, which alone is kept."""
    secret = secrets.token_urlsafe(24)
    return secret, digest(secret)


def digest(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()


def _mac(purpose: str, known: bytes) -> bytes:
    key = hashlib.sha256(b"mail:" + settings.SECRET_KEY.encode()).digest()
    return hmac.new(key, purpose.encode() + b":" + known, hashlib.sha256).digest()[:MAC_BYTES]
