"""From an agent pressing send to the customer's page having it.

python -m benchmarks.desk [--answers 100]     starts a web process on a free port and stops it; needs no Rasa

Prints the time from sending the desk's request until the message comes out of the customer's event stream, with two
desks open on the conversation, and how much of that the web process computed. Where others work on the same machine,
the CPU time is what to compare.
"""

import argparse
import json
import statistics
import tempfile
import threading
import time
import uuid
from pathlib import Path

import httpx

from support.run.free_ports import free_port
from tests.support.desk.live_desk import DOMAIN, Desk, make_people
from tests.support.widget.rasa_double import RasaDouble
from tests.support.widget.web_server import Customer, WebServer

GOAL_MS = 300


def listen(customer: Customer, times: dict[str, float]) -> None:
    """Notes when each text comes out of the stream."""
    with customer.http.stream("GET", f"{customer.path}/events", timeout=120) as stream:
        for line in stream.iter_lines():
            if line.startswith("data: {"):
                times[json.loads(line.removeprefix("data: ")).get("text", "")] = time.perf_counter()


def cpu_seconds(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / 100


def measure(web: WebServer, answers: int) -> tuple[list[float], float]:
    """Milliseconds of each answer, and CPU milliseconds of the web process for one."""
    mia, tom, customer, times = Desk(web, "mia"), Desk(web, "tom"), Customer(web.url), {}
    customer.say("hello")
    for desk in (mia, tom):
        desk.listens(customer.id)
    mia.does("take", customer.id)
    threading.Thread(target=listen, args=(customer, times), daemon=True).start()
    took, before = [], cpu_seconds(web.process.pid)
    for _ in range(answers):
        text = uuid.uuid4().hex
        began = time.perf_counter()
        mia.does("say", customer.id, text=text, client_id=text)
        while text not in times:
            time.sleep(0.0005)
        took.append(1000 * (times[text] - began))
    return took, 1000 * (cpu_seconds(web.process.pid) - before) / answers


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--answers", type=int, default=100)
    asked = parser.parse_args()
    double = RasaDouble(free_port())
    double.start()
    with tempfile.TemporaryDirectory() as folder:
        web = WebServer(Path(folder), double.port)
        web.prepare(DOMAIN)
        make_people(web)
        web.start()
        try:
            took, cpu = measure(web, asked.answers)
        except httpx.HTTPError as error:
            raise SystemExit(f"the web process did not answer: {error}\n{web.log()[-2000:]}") from error
        finally:
            web.stop()
            double.stop()
    took.sort()
    print(f"from send to the customer's stream, {len(took)} answers: median {statistics.median(took):.0f} ms,", end=" ")
    print(f"nine of ten within {took[int(len(took) * 0.9)]:.0f} ms, all within {took[-1]:.0f} ms (goal: {GOAL_MS} ms)")
    print(f"CPU of the web process: {cpu:.1f} ms an answer")


if __name__ == "__main__":
    main()
