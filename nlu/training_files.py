"""Rasa importer: the training files, each read once."""

from __future__ import annotations

from rasa.shared.core.domain import Domain
from rasa.shared.importers.rasa import RasaFileImporter
from rasa.shared.nlu.training_data.training_data import TrainingData
from rasa.shared.utils.common import cached_method


class FilesReadOnce(RasaFileImporter):
    """Rasa's own importer, which is asked for domain and lines twice and would read and check their files again."""

    @cached_method
    def get_domain(self) -> Domain:
        """The domain; nobody changes it, a merge makes another."""
        return super().get_domain()

    @cached_method
    def get_nlu_data(self, language: str | None = "en") -> TrainingData:
        """The lines; nobody changes them, a merge copies them."""
        return super().get_nlu_data(language)
