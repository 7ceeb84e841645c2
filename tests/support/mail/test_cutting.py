"""The customer's own words stay, what is quoted and signed goes, whatever mail program wrote it."""

import pytest

from support.mail.cutting import cut
from support.mail.html_text import text_of

OWN = "The new one is here, but it doesn't charge either.\n\nWhat now?"
QUOTE = "> Dear Farah,\n>\n> your case is C-AAAA-BBBB.\n> \n> SOOCAS"
UNMARKED = "Dear Farah,\n\nyour case is C-AAAA-BBBB.\n\nSOOCAS"

ABOVE_MARKED = [
    "On Wed, 4 Nov 2026 at 10:12, SOOCAS <support@soocas.example> wrote:",
    "On 4 Nov 2026, at 10:12, SOOCAS Support\n<support+abcdef0123456789@soocas.example> wrote:",
    "Am 04.11.2026 um 10:12 schrieb SOOCAS:",
    "Am Mi., 4. Nov. 2026 um 10:12 Uhr schrieb SOOCAS Support <\nsupport@soocas.example>:",
    "Am 04.11.26 um 10:12 schrieb support@soocas.example:",
    "Le mer. 4 nov. 2026 à 10:12, SOOCAS <support@soocas.example> a écrit :",
    "El mié, 4 nov 2026 a las 10:12, SOOCAS (<support@soocas.example>) escribió:",
    "Op wo 4 nov 2026 om 10:12 schreef SOOCAS <support@soocas.example>:",
]
ABOVE_UNMARKED = [
    "-----Original Message-----\nFrom: SOOCAS <support@soocas.example>\nSent: Wednesday, November 4, 2026 10:12 AM",
    "-----Ursprüngliche Nachricht-----\nVon: SOOCAS <support@soocas.example>\nGesendet: Mittwoch, 4. November 2026 10:12",
    "Von: SOOCAS <support@soocas.example>\nGesendet: Mittwoch, 4. November 2026 10:12\nAn: Farah\nBetreff: AW: Zahnbürste\n",
    "________________________________\nVon: SOOCAS <support@soocas.example>\nDatum: Mittwoch, 4. November 2026 um 10:12\nAn: Farah",
    "*From:* SOOCAS <support@soocas.example>\n*Sent:* Wednesday, November 4, 2026 10:12 AM\n*To:* Farah\n*Subject:* RE: x\n",
    'Gesendet: Mittwoch, 04. November 2026 um 10:12 Uhr\nVon: "SOOCAS" <support@soocas.example>\nAn: farah@example.com\n',
    "On Wednesday, November 4, 2026 at 10:12:41 AM GMT+1, SOOCAS <support@soocas.example> wrote:\n",
    "---- SOOCAS wrote ----\n",
]
SIGNATURES = [
    "-- \nFarah Q.\nExample Street 5\n94016 Springfield",
    "--\nFarah",
    "Sent from my iPhone",
    "Von meinem iPhone gesendet",
    "Gesendet mit der GMX Mail App",
    "Get Outlook for Android",
    "Diese Nachricht wurde von meinem Android-Gerät mit GMX Mail gesendet.",
    "CONFIDENTIALITY NOTICE: This e-mail is for the sole use of the intended recipient.\nPlease do not return it.",
    "This message and any attachments are confidential and intended only for the addressee.",
    "Diese E-Mail enthält vertrauliche Informationen.",
]


@pytest.mark.parametrize("above", ABOVE_MARKED)
def test_a_marked_quote_goes_with_the_line_above_it(above):
    words = cut(f"{OWN}\n\n{above}\n\n{QUOTE}\n")
    assert words.reply == OWN
    assert "C-AAAA-BBBB" in words.quoted


@pytest.mark.parametrize("above", ABOVE_MARKED + ABOVE_UNMARKED)
def test_an_unmarked_quote_goes_with_the_lines_above_it(above):
    words = cut(f"{OWN}\r\n\r\n{above}\n\n{UNMARKED}\n")
    assert words.reply == OWN
    assert "C-AAAA-BBBB" in words.quoted


@pytest.mark.parametrize("signature", SIGNATURES)
def test_a_signature_is_kept_apart(signature):
    words = cut(f"{OWN}\n\n{signature}\n\nAm 04.11.2026 um 10:12 schrieb SOOCAS:\n{QUOTE}")
    assert words.reply == OWN
    assert signature.split("\n")[-1] in words.signature


def test_answers_between_quoted_lines_stay():
    words = cut(
        "On Wed, 4 Nov 2026 at 10:12, SOOCAS wrote:\n> 1. Was it used?\nNo, never.\n> 2. Is the box there?\nYes.\n"
    )
    assert words.reply == "No, never.\nYes."


def test_an_answer_below_the_quote_stays():
    assert cut(f"Am 04.11.2026 um 10:12 schrieb SOOCAS:\n{QUOTE}\n\n{OWN}").reply == OWN


def test_a_forwarded_mail_stays_whole():
    text = f"See below\n\n---------- Forwarded message ---------\nFrom: SOOCAS <a@b.example>\nSubject: Order SC10236\n\n{UNMARKED}"
    assert cut(text).reply == text
    outlook = f"See below\n\nVon: SOOCAS <a@b.example>\nGesendet: Mittwoch\nBetreff: Order SC10236\n\n{UNMARKED}"
    assert cut(outlook, is_forward=True).reply == outlook


@pytest.mark.parametrize(
    "text",
    [
        "On Monday I ordered two brushes.\nOn Tuesday they came, one was broken.",
        "From: the box I took it.\nIt was broken: see the photo.",
        "I'd like to\n- return the flosser\n- keep the brush\n\n- Farah was here before, but never mind",
        "Sent from the shop on 4 November, arrived on the 9th.",
        "Date: 4 November. That is when it arrived.",
        "it says > 5 bar, I get less",
        "It leaks.\nImportant: the box is torn, too.\nThis message is the third one, I may add.",
        "am 4.11. habe ich bestellt, und am 9.11. schrieb ich Ihnen: keine Antwort",
    ],
)
def test_words_that_only_look_like_a_quote_stay(text):
    assert cut(text).reply == text


def test_a_mail_with_words_is_never_empty():
    words = cut(QUOTE)
    assert words.is_whole
    assert words.reply == QUOTE
    assert cut(" \n").reply == ""


def test_what_is_beyond_the_limits_is_not_looked_at():
    assert cut("a\n" * 5000).reply.count("\n") == 1999
    assert len(cut("a" * 300_000).reply) == 200_000


HTML = {
    "gmail": '<div dir="ltr">{own}</div><br><div class="gmail_quote"><div class="gmail_attr">On Wed, Nov 4, 2026 at 10:12 AM'
    " SOOCAS &lt;<a>support@soocas.example</a>&gt; wrote:<br></div><blockquote class=gmail_quote>{quote}</blockquote></div>",
    "apple": '<html><body>{own}<div><br><blockquote type="cite"><div>Am 04.11.2026 um 10:12 schrieb SOOCAS &lt;a@b.example'
    "&gt;:</div><br><div>{quote}</div></blockquote></div></body></html>",
    "thunderbird": '<body>{own}<div class="moz-cite-prefix">Am 04.11.26 um 10:12 schrieb SOOCAS:<br></div>'
    '<blockquote type="cite">{quote}</blockquote></body>',
    "outlook": '<div class=WordSection1><p class=MsoNormal>{own}</p><div style="border:none;border-top:solid #E1E1E1 1.0pt;'
    'padding:3.0pt 0cm 0cm 0cm"><p><b>Von:</b> SOOCAS &lt;a@b.example&gt; <br><b>Gesendet:</b> Mittwoch, 4. November'
    "<br><b>An:</b> Farah<br><b>Betreff:</b> Re: x</p></div><p>{quote}</p></div>",
    "outlook.com": '<div>{own}</div><div id="appendonsend"></div><hr><div id="divRplyFwdMsg"><b>From:</b> SOOCAS<br>'
    "<b>Sent:</b> Wednesday<br><b>To:</b> F</div><div>{quote}</div>",
    "gmx": '<div>{own}</div><div name="quote" style="margin:10px 5px 5px 10px"><div><b>Gesendet:</b> Mittwoch, 04. November '
    '2026 um 10:12 Uhr<br><b>Von:</b> "SOOCAS" &lt;a@b.example&gt;<br><b>An:</b> f@example.com</div>{quote}</div>',
}


@pytest.mark.parametrize("program", HTML)
def test_an_html_letter_is_cut_like_a_plain_one(program):
    html = HTML[program].format(own="It doesn&#39;t charge.<br>What now?", quote="<p>Your case</p><p>C-AAAA</p>")
    words = cut(text_of(html))
    assert words.reply.split() == ["It", "doesn't", "charge.", "What", "now?"]
    assert "C-AAAA" in words.quoted


def test_what_html_hides_is_not_read():
    assert (
        text_of('<style>p{}</style><p>Hello</p><div style="display:none">order SC1</div><script>x</script>').strip()
        == "Hello"
    )
