"""The mailroom is ended with SIGKILL at every step a letter takes: nothing is lost, nothing is answered twice."""

from collections import Counter

import pytest
from house import House, Writer, words

from tests.support.mail.mails import attach, picture

POINTS = (
    "support.mail.durable:keep:return",  # its bytes are on the disk, nobody knows of them
    "support.mail.durable:receive:return",  # its row is there, the file still lies in the folder
    "support.mail.folder:move_away:return",
    "support.mail.intake:_attempted:return",  # it was about to be read
    "support.mail.intake:_kept:return",  # a photo is kept, its message is not there
    "support.conversations.log:take_in:return",  # in the transaction that makes it a message
    "support.mail.intake:deal_with:return",  # it is a message
    "support.mail.writing:write_letter:return",  # the answer is written, in a transaction that is open
    "support.mail.owed:_owe:return",
    "support.mail.owed:owe_answers:return",  # the answer is owed
    "support.mail.folder:send:call",  # it is marked as on its way
    "support.mail.folder:send:return",  # it went out, nobody noted it
    "support.mail.sending:_end:return",
)


@pytest.fixture
def killed_house(make_house) -> House:
    return make_house()


def test_no_letter_is_lost_and_none_is_answered_twice_wherever_the_mailroom_dies(killed_house):
    house, writers = killed_house, []
    house.stop_mailroom()
    for point in POINTS:
        for number in range(3):
            writers.append(Writer(house))
            house.post(attach(writers[-1].write(f"{point} {number}", subject=f"letter {number}"), picture(), "a.jpg"))
        house.run_until_killed(point)
    house.start_mailroom()
    house.until(lambda: house.settled() and len(house.answers()) >= len(writers), "all is done", 60)
    for writer in writers:
        (answer,) = writer.answers()
        assert "You said: letter" in words(answer)
        assert [row["state"] for row in writer.letters()] == ["taken"]
        assert [len(turn["photos"]) for turn in writer.turns()] == [1]
    assert max(Counter(answer["Message-ID"] for answer in house.answers()).values()) == 1
    assert len(house.rasa.ran) == len(writers)
