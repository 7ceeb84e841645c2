"""The eight manners in which every goal is brought forward."""

from tests.customers.manner import Manner
from tests.customers.speaking import Terse, TwoAtOnce, Typos, Wordy
from tests.customers.straying import ComesBack, CorrectsThemselves, QuestionFirst, WandersOff

MANNERS: tuple[type[Manner], ...] = (
    Terse,
    Wordy,
    Typos,
    TwoAtOnce,
    QuestionFirst,
    CorrectsThemselves,
    WandersOff,
    ComesBack,
)
