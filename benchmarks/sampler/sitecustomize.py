"""Samples the Python process that imports it (by PYTHONPATH), for benchmarks/bench_parts.py. Linux only (/proc).

SIGUSR1 starts it, and the next one stops it: then stacks and milliseconds of CPU are in BENCH_SAMPLES/<pid>.json, a
list of [[innermost frame, …], ms], a frame as "file:function". What each thread has computed since it was last looked
at goes to where it stands now, so waiting costs nothing and a long call in C counts whole. The stack of a thread that
has just gone back to waiting is empty: what it did was over before it was seen.
"""

import json
import os
import signal
import sys
import threading

EVERY_S = 0.0005
SWITCH_S = 0.0001
LEAST_MS = 0.02
IDLE = (  # where a thread stands that only waits
    "threading.py:wait",
    "selectors.py:select",
    "thread.py:_worker",
    "queue.py:get",
    "tether.py:_end_with_starter",
    "runners.py:run",
    "base_events.py:run_forever",
    "base_events.py:run_until_complete",
    "sanic/server/runners.py:serve",
    "uvicorn/_compat.py:asyncio_run",
)


class Sampler:
    def __init__(self, folder: str) -> None:
        self.folder = folder
        self.found: dict[tuple[str, ...], float] = {}
        self.names: dict[object, str] = {}
        self.clocks: dict[int, int] = {}
        self.spent: dict[int, float] = {}
        self.ends = threading.Event()
        self.thread: threading.Thread | None = None

    def toggle(self, *_: object) -> None:
        if self.thread:
            self.ends.set()
            return
        self.thread = threading.Thread(target=self.run, daemon=True)
        self.thread.start()

    def run(self) -> None:
        sys.setswitchinterval(SWITCH_S)
        self.sample()
        self.found.clear()
        while not self.ends.wait(EVERY_S):
            self.sample()
        path = os.path.join(self.folder, f"{os.getpid()}.json")
        with open(path + ".part", "w", encoding="utf-8") as file:
            json.dump([[list(frames), ms] for frames, ms in self.found.items()], file)
        os.replace(path + ".part", path)

    def sample(self) -> None:
        standing = sys._current_frames()
        for thread in threading.enumerate():
            if thread is not self.thread and thread.ident in standing:
                ms = self.since_last(thread.native_id)
                if ms >= LEAST_MS:
                    frames = self.stack(standing[thread.ident])
                    self.found[frames] = self.found.get(frames, 0.0) + ms

    def since_last(self, thread: int) -> float:
        """Milliseconds this thread has computed since it was last asked about."""
        try:
            if thread not in self.clocks:
                self.clocks[thread] = os.open(f"/proc/self/task/{thread}/schedstat", os.O_RDONLY)
            now = int(os.pread(self.clocks[thread], 64, 0).split()[0]) / 1e6
        except OSError:  # it has just ended
            return 0.0
        before = self.spent.get(thread, 0.0)
        if now - before >= LEAST_MS:
            self.spent[thread] = now
        return now - before

    def stack(self, frame: object) -> tuple[str, ...]:
        """The innermost first; empty where it only waits."""
        frames = []
        while frame is not None:
            code = frame.f_code
            if code not in self.names:
                self.names[code] = f"{short(code.co_filename)}:{code.co_name}"
            frames.append(self.names[code])
            frame = frame.f_back
        return () if frames[0].endswith(IDLE) else tuple(frames)


def short(path: str) -> str:
    """As a module's file is imported: from site-packages, from the repository, or the name alone."""
    for folder in ("site-packages/", os.getcwd() + "/"):
        if folder in path:
            return path.rpartition(folder)[2]
    return path.rpartition("/")[2]


if "BENCH_SAMPLES" in os.environ:
    signal.signal(signal.SIGUSR1, Sampler(os.environ["BENCH_SAMPLES"]).toggle)
