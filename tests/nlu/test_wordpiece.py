import hashlib

from nlu import wordpiece

SHA256 = "07eced375cec144d27c900241f3e339478dec958f92fddbc551f295c992038a3"


def pieces(text):
    names = {i: piece for piece, i in wordpiece.read_vocabulary().items()}
    return [names[i] for i in wordpiece.encode(text, 64)]


def test_the_vocabulary_is_the_models_own():
    assert hashlib.sha256(wordpiece.VOCABULARY.read_bytes()).hexdigest() == SHA256


def test_words_are_cut_into_the_longest_known_pieces():
    assert pieces("My flosser leaks!") == ["[CLS]", "my", "fl", "##oss", "##er", "leaks", "!", "[SEP]"]


def test_case_and_accents_make_no_difference():
    assert pieces("CAFÉ") == pieces("cafe")


def test_a_text_without_words_is_only_framed():
    assert pieces("") == ["[CLS]", "[SEP]"]


def test_an_endless_word_is_one_unknown_piece():
    assert pieces("x" * 5000) == ["[CLS]", "[UNK]", "[SEP]"]


def test_a_long_text_is_cut_at_the_limit():
    assert len(wordpiece.encode("brush " * 1000, 128)) == 128
