"""Sentence vectors from the int8 MiniLM model on ONNX Runtime; knows nothing of Rasa."""

from __future__ import annotations

import hashlib
import importlib
from functools import lru_cache
from pathlib import Path

import numpy as np

from nlu import wordpiece
from nlu.integers import compute_with_integers
from nlu.pooling import pool
from nlu.side_by_side import side_by_side

DIMENSIONS = 384
_WORTH_SHARING = 50  # lines of training are encoded side by side, each alone: its vector stays the same


class ModelMissing(RuntimeError):
    """The sentence model is not installed, or is not the one this project was measured with."""


def find_model(package: str, sha256: str) -> Path:
    """The model file of an installed package, its checksum verified.

    Raises ModelMissing, which says what to install.
    """
    try:
        path = Path(importlib.import_module(package).model_path())
        found = hashlib.sha256(path.read_bytes()).hexdigest()
    except (ImportError, OSError) as error:
        raise ModelMissing(f"The sentence model is not installed: pip install '{package}==1.0.0' ({error})") from error
    if found != sha256:
        raise ModelMissing(
            f"{path.name} of the package {package} has the checksum {found}, expected {sha256}: "
            f"reinstall the locked version, or set sha256 in config.yml after measuring the new one"
        )
    return path


@lru_cache(maxsize=1)
def open_model(package: str, sha256: str, threads: int, longest: int, integers: bool) -> SentenceModel:
    """The sentence model, opened once for all components of a process; raises ModelMissing as find_model does."""
    return SentenceModel(find_model(package, sha256), threads, longest, integers)


class SentenceModel:
    """Texts in, one unit vector of 384 floats each out."""

    def __init__(self, path: Path, threads: int = 1, longest: int = 128, integers: bool = True) -> None:
        """Opens the model and runs it once, so that the first customer does not wait.

        longest: pieces of a text that are read, the rest is dropped. integers: compute with the stored 8-bit weights
        as they are; otherwise they are unfolded to floats.
        """
        import onnxruntime  # here, because it is slow to import and not every process that imports nlu encodes

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        self._session = onnxruntime.InferenceSession(
            compute_with_integers(path.read_bytes()) if integers else str(path),
            options,
            providers=["CPUExecutionProvider"],
        )
        self._inputs = {one.name for one in self._session.get_inputs()}
        self._longest = longest
        self._known: dict[str, np.ndarray] = {}
        self.encode(["warm up"])

    def encode(self, texts: list[str], weights: np.ndarray | None = None) -> np.ndarray:
        """An array (texts, 384) of float32, each row of length 1; a text's vector does not depend on its neighbours.

        weights: of pieces, as nlu.pooling learns them. Vectors without weights are kept: components that learn from
        the same lines have them read once.
        """
        if weights is not None:
            read = self.read(texts)
            self._known.update((text, pool(*one)) for text, one in zip(texts, read, strict=True))
            return _rows([pool(*one, weights) for one in read])
        new = [text for text in dict.fromkeys(texts) if text not in self._known]
        self._known.update((text, pool(*one)) for text, one in zip(new, self.read(new), strict=True))
        return _rows([self._known[text] for text in texts])

    def read(self, texts: list[str]) -> list[tuple[np.ndarray, np.ndarray]]:
        """Each text's pieces: their ids, and an array (pieces, 384) of their states."""
        if len(texts) < _WORTH_SHARING:
            return list(map(self._read_one, texts))
        return side_by_side(self._read_one, texts)

    def pieces(self, text: str) -> list[int]:
        """The ids of the pieces that are read of a text."""
        return wordpiece.encode(text, self._longest)

    def _read_one(self, text: str) -> tuple[np.ndarray, np.ndarray]:
        row = np.array([self.pieces(text)], dtype=np.int64)
        feed = {"input_ids": row, "attention_mask": np.ones_like(row), "token_type_ids": np.zeros_like(row)}
        states = self._session.run(None, {name: feed[name] for name in feed if name in self._inputs})[0]
        return row[0], states[0]


def _rows(vectors: list[np.ndarray]) -> np.ndarray:
    return np.array(vectors, dtype=np.float32).reshape(len(vectors), DIMENSIONS)
