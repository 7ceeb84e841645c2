"""Is it the e-mail address or postcode that placed this order? And how often may one ask?

An attempt is written down as failed before anything is compared, and its own row is counted with the others: so any
number of conversations at once get no more looks at an order than the limit, without a lock.
"""

import hashlib
import hmac
import re
import unicodedata
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Count, Max, Q

from support.orders.models import Order, ProofAttempt
from support.orders.order_number import normalise_number

CONVERSATION_FAILURES_MAX = 5
NUMBER_FAILURES_MAX = 20
NUMBER_WINDOW = timedelta(hours=1)

_ADDRESS = re.compile(r"[^\s<>,;:()\"'|]+@[^\s<>,;:()\"'|]+")
_POSTCODE_LEAD = re.compile(
    r"^\s*(?:my\s+)?(?:post\s*code|postal\s+code|zip(?:\s*code)?)\s*(?:is\b|:|=)?", re.IGNORECASE
)
_ZIP_PLUS_FOUR = re.compile(r"(\d{5})-\d{4}")


def number_key(number: str) -> str:
    """What an attempt is counted under: the number in stored form; for text that is no number, only its digest."""
    return normalise_number(number) or "?" + hashlib.sha256(number.encode("utf-8", "replace")).hexdigest()[:40]


def record_attempt(conversation_id: str, key: str, now: datetime) -> ProofAttempt:
    """Writes this attempt down as failed, for good: not inside a transaction that could take it back (RuntimeError)."""
    with transaction.atomic(durable=True):
        return ProofAttempt.objects.create(
            conversation_id=conversation_id, number=key, at=now, outcome=ProofAttempt.Outcome.FAILED
        )


def count_failures(conversation_id: str, key: str, now: datetime) -> tuple[int, int]:
    """Failures in this conversation ever, and for this number within the last hour; one query."""
    in_conversation = Q(conversation_id=conversation_id)
    for_number = Q(number=key, at__gt=now - NUMBER_WINDOW)
    counts = ProofAttempt.objects.filter(in_conversation | for_number, outcome=ProofAttempt.Outcome.FAILED).aggregate(
        conversation=Count("pk", filter=in_conversation), number=Count("pk", filter=for_number)
    )
    return counts["conversation"], counts["number"]


def settle(attempt: ProofAttempt, outcome: ProofAttempt.Outcome) -> None:
    """Says that an attempt was no failure after all."""
    ProofAttempt.objects.filter(pk=attempt.pk).update(outcome=outcome)


def is_proven(key: str, proof: str) -> bool:
    """True if this e-mail or postcode placed the order with this number.

    One query that answers with one row either way, and the same digests whether order, proof or neither is right.
    """
    row = Order.objects.filter(number=key).aggregate(email=Max("email"), postcode=Max("postcode"))
    typed_email, typed_postcode = email_key(proof), postcode_key(proof)
    same_email = _same(typed_email, (row["email"] or "").strip().casefold())
    same_postcode = _same(typed_postcode, postcode_key(row["postcode"] or ""))
    return bool(same_email | same_postcode)


def is_of_the_same(key: str, proven: str) -> bool:
    """True if one e-mail address placed the orders with both numbers. The same queries either way."""
    orders = [Order.objects.filter(number=each).aggregate(email=Max("email")) for each in (key, proven)]
    return _same(*((row["email"] or "").strip().casefold() for row in orders))


def email_key(text: str) -> str:
    """The first e-mail address in the text without its case; "" when there is none."""
    found = _ADDRESS.search(unicodedata.normalize("NFKC", text[:1000]))
    return found[0].strip(".!?").casefold() if found else ""


def postcode_key(text: str) -> str:
    """A postcode without spaces, hyphens and case, a US ZIP+4 by its first five digits; "" for anything else."""
    plain = _POSTCODE_LEAD.sub("", unicodedata.normalize("NFKC", text[:200])).strip(" .,!")
    zip_code = _ZIP_PLUS_FOUR.fullmatch(plain)
    compact = re.sub(r"[\s\-.]", "", zip_code[1] if zip_code else plain).upper()
    return compact if compact.isalnum() and len(compact) <= 12 else ""


def _same(typed: str, stored: str) -> bool:
    """Equal and not empty, in a time that does not tell how much of it was right."""
    digests = [hashlib.sha256(text.encode("utf-8", "replace")).digest() for text in (typed, stored)]
    return hmac.compare_digest(*digests) & bool(typed)
