"""`python -m support.run.rasa ARGUMENT…` is `rasa ARGUMENT…`, without TensorFlow where config.yml has no use for it.
`train` uses two cores, and matrices are multiplied alike on every processor with AVX2.

Rasa imports all components it has before it runs any: TensorFlow, of which none of ours makes use, is more than half of
the process' memory and several seconds of its start. In place of the modules through which it comes stand empty
classes; they are not registered with the recipe, so a config.yml that names one of them gets Rasa whole.
"""

from __future__ import annotations

import gc
import os
import runpy
import sys
import types
from collections.abc import Collection
from pathlib import Path

COMPONENTS = {
    "rasa.nlu.classifiers.diet_classifier": "DIETClassifier",
    "rasa.nlu.selectors.response_selector": "ResponseSelector",
    "rasa.nlu.featurizers.dense_featurizer.convert_featurizer": "ConveRTFeaturizer",
    "rasa.nlu.featurizers.dense_featurizer.lm_featurizer": "LanguageModelFeaturizer",
    "rasa.core.policies.ted_policy": "TEDPolicy",
    "rasa.core.policies.unexpected_intent_policy": "UnexpecTEDIntentPolicy",
}
USED_BY_THEM = {
    "rasa.utils.tensorflow.callback": ("RasaTrainingLogger", "RasaModelCheckpoint"),
    "rasa.utils.tensorflow.data_generator": ("RasaBatchDataGenerator",),
}


def leave_tensorflow_out(config: Path) -> bool:
    """Puts stand-ins where Rasa would import TensorFlow; False, and nothing done, if this configuration needs it."""
    text = config.read_text(encoding="utf-8") if config.is_file() else ""
    if any(component in text for component in COMPONENTS.values()):
        return False
    for module, name in COMPONENTS.items():
        _stand_in(module, (name,))
    for module, names in USED_BY_THEM.items():
        _stand_in(module, names)
    return True


def _stand_in(module: str, names: tuple[str, ...]) -> None:
    made = types.ModuleType(module, "Left out: it needs TensorFlow.")
    vars(made).update({name: type(name, (), {"__module__": module}) for name in names})
    sys.modules[module] = made


def multiply_alike(flags: Collection[str]) -> None:
    """To be called before numpy is imported. flags: of this processor, as Linux names them.

    The OpenBLAS in Rasa's numpy takes a processor that is younger than itself for one of 2004, and multiplies on those
    that it knows each in another order, so that the last digits differ.
    """
    if {"avx2", "fma"} <= set(flags):
        os.environ.setdefault("OPENBLAS_CORETYPE", "Haswell")


def processor_flags() -> list[str]:
    """What Linux says that this processor can; nothing elsewhere."""
    file = Path("/proc/cpuinfo")
    lines = file.read_text(encoding="utf-8").splitlines() if file.is_file() else []
    return next((line.split() for line in lines if line.startswith("flags")), [])


def _train_on_two_cores() -> None:
    """Before anything else imports Rasa.

    Matrices are multiplied in the thread that asks for it: with two steps at once there is no core left to share a
    product with, and a sum's last digits depend on how many share it.
    """
    os.environ["OPENBLAS_NUM_THREADS"] = "1"  # looked at when numpy is imported
    gc.disable()  # until all is read
    from support.run.training import run_two_at_a_time

    run_two_at_a_time()


def main() -> None:
    """Runs `rasa` with our arguments."""
    multiply_alike(processor_flags())
    leave_tensorflow_out(Path("config.yml"))
    if sys.argv[1:2] == ["train"]:
        _train_on_two_cores()
    sys.argv[0] = "rasa"
    runpy.run_module("rasa", run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
