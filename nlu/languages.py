"""In which language a message is, when it is not in ours: by its script, else by its commonest words."""

# ruff: noqa: E501, RUF001 - words of other languages, a language a block
from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from functools import cache
from pathlib import Path
from runpy import run_path

import spacy

from nlu.wordpiece import read_vocabulary

# What customers write in Latin letters: spaCy knows each language's commonest words; a few of our trade are beside them.
_TRADE = {
    "de": "hallo guten tag danke bitte bestellung bestellt zahnbürste kaputt geld zurück zurückgeben umtauschen umtausch "
    "rückgabe rücksendung garantie funktioniert defekt lieferung paket möchte will gekauft geht falsche "
    "retoure hilfe fehlt fehlen bleibt ladekabel stornieren",
    "es": "hola buenos días gracias pedido cepillo dientes roto rota funciona dinero devolver devolución cambiar cambio "
    "garantía reembolso envío paquete quiero comprado llegó favor defectuoso ayuda falta faltan",
    "fr": "bonjour merci commande brosse dents cassé cassée marche fonctionne argent remboursement rembourser retourner "
    "renvoyer échanger échange garantie livraison colis veux voudrais acheté reçu défectueux mauvais mauvaise article "
    "revoir aidez perdu",
    "it": "ciao buongiorno grazie ordine spazzolino rotto rotta funziona soldi rimborso restituire reso cambiare cambio "
    "garanzia spedizione pacco voglio vorrei comprato arrivato difettoso colore aiuto",
    "pt": "olá bom dia obrigado obrigada pedido encomenda escova dentes partida quebrada funciona dinheiro devolver "
    "devolução reembolso trocar troca garantia envio quero comprei chegou ajuda quebrado",
    "nl": "hallo goedendag dank bestelling tandenborstel kapot geld terug terugsturen ruilen retour garantie werkt "
    "levering pakket wil graag gekocht "
    "goedemorgen terugbetaling verkeerde waar",
    "pl": "dzień dobry dziękuję zamówienie szczoteczka zepsuta pieniądze zwrot zwrócić wymiana gwarancja działa paczka "
    "zepsuty reklamacja pomoc",
    "tr": "merhaba teşekkürler sipariş fırça bozuk para iade değişim garanti çalışmıyor kargo istiyorum iadesi yardım",
    "sv": "hej tack beställning tandborste trasig pengar tillbaka returnera byta garanti fungerar paket vill",
    "da": "hej tak bestilling tandbørste ødelagt penge tilbage returnere bytte garanti virker pakke vil",
    "ro": "bună mulțumesc comandă periuță stricată bani returna schimb garanție funcționează colet vreau",
    "cs": "dobrý den děkuji objednávka kartáček rozbitý peníze vrátit výměna záruka nefunguje balík chci",
    "hu": "köszönöm rendelés fogkefe pénz visszaküldeni csere garancia működik csomag szeretném",
    "id": "halo terima kasih pesanan sikat gigi rusak uang kembali garansi tukar paket saya mau",
    "vi": "xin chào cảm ơn đơn hàng bàn chải hỏng tiền trả bảo hành tôi muốn",
}  # fmt: skip
_SCRIPTS = {
    "DEVANAGARI": "hi",
    "CJK": "zh",
    "HIRAGANA": "ja",
    "KATAKANA": "ja",
    "HANGUL": "ko",
    "CYRILLIC": "ru",
    "ARABIC": "ar",
    "THAI": "th",
    "GREEK": "el",
    "HEBREW": "he",
    "BENGALI": "bn",
    "TAMIL": "ta",
}
OTHER = "other"
# What says nothing in English when it is all that is said, although it stands among our own lines.
_ALONE = {
    "hola": "es",
    "buenas": "es",
    "bonjour": "fr",
    "salut": "fr",
    "ciao": "it",
    "buongiorno": "it",
    "merhaba": "tr",
    "retour": OTHER,
}
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")
_NAMES = re.compile(r"\S+@\S+|https?://\S+|www\.\S+|\b(?=\w*\d)[\w-]+\b")
LONGEST = 600


def foreign_language(text: str, known: Collection[str]) -> str | None:
    """The ISO code of the language this is written in; None for English, for our own words, and where it is not clear.

    known: words of ours, whatever language they come from: a message is foreign only if more of its words are another
    language's and not ours than are ours. A name or one foreign word makes no foreign message.
    """
    letters = [char for char in text[:LONGEST] if char.isalpha()]
    script = _script(letters)
    if script:
        return script
    words = [word.casefold() for word in _WORD.findall(_NAMES.sub(" ", text[:LONGEST]))]
    if not words:
        return None
    if len(words) == 1 and words[0] in _ALONE:
        return _ALONE[words[0]]
    counts = {code: sum(word in _commonest(code) and word not in known for word in words) for code in _TRADE}
    code = max(counts, key=lambda language: (counts[language], _exotic(words, language)))
    english = _commonest("en")
    ours = sum((word in english or word in known) and word not in _commonest(code) for word in words)
    telling = counts[code] - sum(word in english for word in words if word in _commonest(code))
    told = [word for word in words if word in _trade(code) and word not in known and word not in english]
    greets = len(words) <= 2 and ours == 0 and bool(told)
    enough = counts[code] >= 2 or (counts[code] == 1 and greets)
    return code if enough and (telling > 0 or greets) and counts[code] > ours else None


def is_readable(text: str, known: Collection[str]) -> bool:
    """Whether at least half of the words are ours or stand in the sentence model's vocabulary; without words: no."""
    words = [word.casefold() for word in _WORD.findall(text[:LONGEST])]
    return sum(word in known or word in read_vocabulary() for word in words) * 2 >= len(words) > 0


def _script(letters: list[str]) -> str | None:
    """The language of a script other than Latin, if most letters are written in it."""
    names = [unicodedata.name(char, "").split(" ")[0] for char in letters if not char.isascii()]
    foreign = [name for name in names if name and name != "LATIN"]
    if len(foreign) * 2 <= len(letters) or not foreign:
        return None
    if {"HIRAGANA", "KATAKANA"} & set(foreign):
        return "ja"
    most = max(set(foreign), key=foreign.count)
    return _SCRIPTS.get(most, OTHER)


def _exotic(words: list[str], language: str) -> int:
    """How many of the words of this language have letters that English does not: what tells two like it apart."""
    return sum(word in _commonest(language) and not word.isascii() for word in words)


@cache
def _commonest(language: str) -> frozenset[str]:
    stop_words = run_path(str(_spacys_languages() / language / "stop_words.py"))["STOP_WORDS"]
    return frozenset(word for word in (*stop_words, *_trade(language)) if len(word) > 1 or language == "en")


@cache
def _spacys_languages() -> Path:
    """A folder a language. Imported as a module, a list of words would bring the language's tokenizer: 25 MB for 16."""
    return Path(spacy.__file__).parent / "lang"


@cache
def _trade(language: str) -> frozenset[str]:
    return frozenset(_TRADE.get(language, "").split())
