import numpy as np
import pytest

from nlu.encoder import SentenceEncoder
from nlu.integers import _read, _write, compute_with_integers
from nlu.sentences import SentenceModel, find_model

CONFIG = SentenceEncoder.get_default_config()
TEXTS = ["I want my money back", "it stopped charging after two weeks. who pays for the parcel?", "SC10234", ""]


@pytest.fixture(scope="module")
def path():
    return find_model(CONFIG["package"], CONFIG["sha256"])


def test_vectors_stay_near_those_of_the_floats(path):
    floats, integers = (SentenceModel(path, integers=choice).encode(TEXTS) for choice in (False, True))
    assert not np.array_equal(floats, integers)
    assert (floats * integers).sum(axis=1).min() > 0.97


def test_a_vector_is_the_same_every_time(path):
    model = SentenceModel(path)
    assert np.array_equal(model.encode(TEXTS), model.encode(TEXTS))


def test_a_model_is_read_and_written_without_a_change(path):
    model = path.read_bytes()
    assert _write(list(_read(model))) == model


def test_a_model_without_integer_weights_stays_as_it_is():
    empty_graph = _write([(1, 0, 10), (7, 2, b"")])
    assert compute_with_integers(empty_graph) == empty_graph


def test_a_changed_model_has_no_integer_weights_left_to_change(path):
    changed = compute_with_integers(path.read_bytes())
    assert b"DynamicQuantizeMatMul" in changed
    assert changed != path.read_bytes()
