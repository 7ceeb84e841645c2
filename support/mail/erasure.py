"""A conversation is erased: its letters go too, the files before the rows that know them."""

from support.mail.durable import raw_path
from support.mail.folder import FolderSender, processed_path
from support.mail.models import Correspondence, IncomingLetter, OutgoingLetter, SignedLink


def forget_conversation(conversation_id: str) -> None:
    """Nothing of its letters is left here. Again: nothing happens. Raises OSError."""
    for letter in IncomingLetter.objects.filter(conversation=conversation_id):
        raw_path(letter.key).unlink(missing_ok=True)
        processed_path(letter.key).unlink(missing_ok=True)
        letter.delete()
    for letter in OutgoingLetter.objects.filter(conversation=conversation_id):
        FolderSender.file_of(letter).unlink(missing_ok=True)
        letter.delete()
    SignedLink.objects.filter(conversation=conversation_id).delete()
    Correspondence.objects.filter(conversation=conversation_id).delete()
