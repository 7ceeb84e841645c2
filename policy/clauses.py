"""Every clause of the policy by its id: `CLAUSES["R.window"].text`."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from policy.clause import Clause, by_id
from policy.clauses_readings import READINGS
from policy.clauses_returns import RETURNS
from policy.clauses_warranty import WARRANTY

CLAUSES: Final[Mapping[str, Clause]] = MappingProxyType(by_id((*RETURNS, *WARRANTY, *READINGS)))
