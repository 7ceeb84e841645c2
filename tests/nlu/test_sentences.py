import numpy as np
import pytest

from nlu.encoder import SentenceEncoder
from nlu.sentences import ModelMissing, SentenceModel, find_model

CONFIG = SentenceEncoder.get_default_config()


@pytest.fixture(scope="module")
def model():
    return SentenceModel(find_model(CONFIG["package"], CONFIG["sha256"]))


def test_vectors_have_length_one(model):
    assert np.linalg.norm(model.encode(["hello", ""]), axis=1) == pytest.approx([1, 1], abs=1e-5)


def test_the_same_wish_in_other_words_is_nearer_than_another_wish(model):
    wish, same, other = model.encode(["I want my money back", "please refund me", "when do you open?"])
    assert wish @ same > wish @ other + 0.2


def test_a_vector_does_not_depend_on_its_neighbours(model):
    alone, together = model.encode(["it leaks"])[0], model.encode(["something much longer than that", "it leaks"])[1]
    assert np.array_equal(alone, together)


def test_an_absent_model_says_what_to_install():
    with pytest.raises(ModelMissing, match="pip install 'no_such_package"):
        find_model("no_such_package", CONFIG["sha256"])


def test_another_model_under_the_same_name_is_refused():
    with pytest.raises(ModelMissing, match="checksum"):
        find_model(CONFIG["package"], "0" * 64)


def test_the_model_is_opened_once_for_all_components():
    assert SentenceEncoder.open_model() is SentenceEncoder.open_model(SentenceEncoder.get_default_config())


def test_a_line_read_with_weights_has_the_vector_of_one_read_without(model):
    line, weights = "the motor hums", np.ones(40_000, dtype=np.float32)
    weighted = model.encode([line], weights)
    kept, alone = model.encode([line, "hello"]), model.encode(["hello"])
    fresh = SentenceModel(find_model(CONFIG["package"], CONFIG["sha256"])).encode([line])
    assert np.allclose(kept[:1], fresh)
    assert np.allclose(kept[1:], alone)
    assert weighted.shape == fresh.shape
