import numpy as np
import pytest
from scipy import sparse

from nlu.gate import OUT_OF_SCOPE, Gate, Memory, rank, rows_of, score_line
from nlu.intents import IntentModel
from nlu.lines import Surface, Weights, times

LINES = {
    "refund": ["money back", "refund please", "give me a refund", "i want my money", "refund me", "pay me back"],
    "broken": ["it is broken", "does not work", "it stopped working", "broken device", "it died", "dead battery"],
    "thanks": ["thank you", "thanks a lot", "many thanks", "thank you so much", "thx", "thanks"],
    OUT_OF_SCOPE: ["weather today", "tell a joke", "play a song", "capital of france", "bake a cake", "who are you"],
}


def vectors_of(texts):
    """A stand-in for the encoder: a direction for each intent's words, and some noise that is always the same."""
    drawn = np.random.default_rng(0)
    rows = []
    for text in texts:
        home = next((i for i, lines in enumerate(LINES.values()) if text in lines), 7)
        row = drawn.normal(size=8) * 0.2
        row[home] += 1
        rows.append(row / np.linalg.norm(row))
    return np.array(rows, dtype=np.float32)


@pytest.fixture(scope="module")
def model():
    texts = [line for lines in LINES.values() for line in lines]
    labels = [label for label, lines in LINES.items() for _ in lines]
    return IntentModel.fit(texts, vectors_of(texts), labels, Weights(), prior=0.8)


@pytest.mark.parametrize("label", list(LINES))
def test_a_line_of_an_intent_has_that_intent(model, label):
    line = LINES[label][0]
    assert model.rank(line, vectors_of([line])[0])[0][0] == label


def test_confidences_sum_to_one_and_fall(model):
    ranking = model.rank("refund please", vectors_of(["refund please"])[0])
    confidences = [confidence for _, confidence in ranking]
    assert sum(confidences) == pytest.approx(1)
    assert confidences == sorted(confidences, reverse=True)


def test_a_stored_model_says_the_same(model):
    restored = IntentModel.restore(*model.store())
    for line in ("refund please", "something quite different"):
        vector = vectors_of([line])[0]
        assert dict(restored.rank(line, vector)) == pytest.approx(dict(model.rank(line, vector)), abs=1e-3)


def test_what_is_stored_needs_no_pickle(model):
    arrays, words = model.store()
    assert all(array.dtype != object for array in arrays.values())
    assert set(words) == {"labels", "terms", "weights", "gate"}


def test_training_twice_gives_the_same(model):
    texts = [line for lines in LINES.values() for line in lines]
    labels = [label for label, lines in LINES.items() for _ in lines]
    again = IntentModel.fit(texts, vectors_of(texts), labels, Weights(), prior=0.8)
    assert np.allclose(again.regression.sentence, model.regression.sentence, atol=1e-5)


MEMORY = Memory(
    np.eye(4, dtype=np.float32),
    sparse.csr_matrix(np.sqrt(2) * np.eye(4, 6)),
    ["a", OUT_OF_SCOPE, "b", "a"],
)
P, LABELS = np.array([0.8, 0.1, 0.1]), ["a", "b", OUT_OF_SCOPE]
UNKNOWN_WORDS = sparse.csr_matrix((1, 6))


def is_ours(vector, words):
    return Gate().is_ours(score_line(P, LABELS, np.array(vector), words, MEMORY))


def test_far_from_every_line_the_message_is_less_likely_ours():
    assert is_ours([1.0, 0, 0, 0], UNKNOWN_WORDS) > is_ours([0, 0, 1.0, 0], UNKNOWN_WORDS)


def test_in_other_words_than_every_line_the_message_is_less_likely_ours():
    same_words = sparse.csr_matrix(np.sqrt(2) * np.eye(1, 6))
    assert is_ours([1.0, 0, 0, 0], same_words) > is_ours([1.0, 0, 0, 0], UNKNOWN_WORDS)


def test_nearness_is_the_nearest_and_the_three_nearest_lines_of_the_intent():
    same_words = sparse.csr_matrix(np.sqrt(2) * np.eye(1, 6))
    vector = np.array([0.6, 0, 0, 0.8], dtype=np.float32)
    assert MEMORY.nearness(vector, same_words, "a") == pytest.approx(0.8 + (0.6 + 0.8) / 2 + 0.5 * (1 + 0) / 2)
    assert MEMORY.nearness(vector, same_words, "never seen") == 0


def test_without_an_out_of_scope_intent_the_rest_belongs_to_nobody():
    ranking = rank(np.array([0.6, 0.4]), ["a", "b"], 0.0, Gate(slope=1, offset=0))
    assert sum(confidence for _, confidence in ranking) == pytest.approx(0.5)


def test_the_surface_is_what_the_two_vectorizers_say():
    texts = [line for lines in LINES.values() for line in lines]
    surface = Surface.learn(texts)
    told = sparse.hstack([surface.words.transform(texts), surface.characters.transform(texts)]).toarray()
    assert np.allclose(surface.features(texts).toarray(), told)
    assert surface.features(["", "zzz"]).shape == (2, told.shape[1])


def test_the_row_of_a_line_is_what_a_matrix_has_of_it():
    texts = [line for lines in LINES.values() for line in lines]
    surface = Surface.learn(texts)
    weights = np.random.default_rng(0).normal(size=(surface.row("").columns, 3)).astype(np.float32)
    for line in [*texts, "", "zzz"]:
        row, matrix = surface.row(line), surface.features([line])
        assert (row.toarray() == matrix.toarray()).all()
        assert (times(row, weights) == times(matrix, weights)).all()


def test_the_rows_of_an_intent_are_the_matrixs_own():
    surface = sparse.random(7, 9, density=0.4, format="csr", random_state=0)
    for start, end in ((0, 7), (2, 5), (3, 3), (6, 7)):
        rows = rows_of(surface, slice(start, end))
        assert (rows.toarray() == surface[start:end].toarray()).all()
        assert rows.nnz == 0 or np.shares_memory(rows.data, surface.data)
