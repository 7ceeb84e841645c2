import numpy as np
import pytest

from nlu.pooling import learn_weights, pool
from nlu.wordpiece import encode, read_vocabulary

LINES = [encode(text, 96) for text in ("my order is late", "my order is broken!", "my order, please", "hello")]
STATES = np.eye(4, 6, dtype=np.float32)


def test_a_piece_of_many_lines_weighs_less_than_one_of_few_and_that_less_than_a_new_one():
    weights, vocabulary = learn_weights(LINES), read_vocabulary()
    assert 0 < weights[vocabulary["order"]] < weights[vocabulary["late"]] < weights[vocabulary["river"]] == 1


@pytest.mark.parametrize("sign", ["[CLS]", "[SEP]", "[UNK]", "!", ","])
def test_signs_weigh_nothing(sign):
    assert learn_weights(LINES)[read_vocabulary()[sign]] == 0


def test_without_weights_a_vector_is_the_mean():
    assert pool(np.arange(4), STATES) == pytest.approx([0.5, 0.5, 0.5, 0.5, 0, 0])


def test_with_weights_it_leans_towards_what_weighs_more():
    vector = pool(np.arange(4), STATES, np.array([0, 0, 0, 1], dtype=np.float32))
    assert vector[3] > vector[0] > 0
    assert np.linalg.norm(vector) == pytest.approx(1)


def test_a_text_of_signs_alone_still_has_a_vector():
    assert pool(np.arange(4), STATES, np.zeros(4, dtype=np.float32)) == pytest.approx([0.5, 0.5, 0.5, 0.5, 0, 0])
