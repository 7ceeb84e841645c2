import pytest


@pytest.fixture(autouse=True)
def _database(db):
    """Every test here may use the database."""
