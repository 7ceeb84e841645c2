"""An assistant that is lost and starts again on a backup of its data, on the same ports."""

import os
import shutil
import subprocess
import sys
from datetime import datetime, timedelta, timezone
from pathlib import Path

from support.run.environment import ROOT
from support.run.stack import Stack
from tests.conversations.customer import Customer
from tests.conversations.shop import EMAIL, Shop


def support(settings: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    ours = {name: value for name, value in os.environ.items() if not name.startswith("SUPPORT_")}
    command = [sys.executable, "-m", "support.cli", *arguments]
    return subprocess.run(command, cwd=ROOT, env={**ours, **settings}, capture_output=True, text=True)


def noon() -> datetime:
    return (datetime.now(timezone.utc) - timedelta(hours=5)).replace(hour=12)


def open_order(shop: Shop) -> str:
    return shop.sells(noon() - timedelta(days=1), delivery_due_at=noon() + timedelta(days=5))


def at_the_summary(customer: Customer, shop: Shop) -> str:
    """A cancellation up to the question for the yes; the order's number."""
    number = open_order(shop)
    customer.say(f"cancel order {number} please, {EMAIL}")
    assert customer.question() == "confirm", customer.transcript()
    return number


class House:
    """The running assistant, its shop, and its successors on backups of it; all listen on the same ports."""

    def __init__(self, folder: Path, **databases: str) -> None:
        self.folder, self.backups = folder, 0
        self.stack = Stack(folder / "first", {"SUPPORT_DEMO_ORDERS": "0", **databases})
        self.stack.start()
        (folder / "orders").mkdir()
        self.shop = Shop(self.stack, folder / "orders")

    def back_up(self) -> Path:
        self.backups += 1
        to = self.folder / f"backup-{self.backups}"
        done = support(self.stack.settings, "backup", str(to))
        assert done.returncode == 0, done.stderr
        return to

    def move_to(self, backup: Path, **databases: str) -> None:
        """The assistant ends, its data are lost; another one starts on the backup."""
        self.shop.close()
        assert self.stack.stop() == 0
        ports = {name: value for name, value in self.stack.settings.items() if name.endswith("_PORT")}
        secrets, var = self.stack.var / "secrets", self.folder / f"on-{backup.name}"
        shutil.copytree(secrets, var / "secrets")  # kept apart from the backup
        self.stack = Stack(var, {"SUPPORT_DEMO_ORDERS": "0", **ports, **databases})
        done = support(self.stack.settings, "restore", str(backup))
        assert done.returncode == 0, done.stderr
        self.stack.start()
        self.shop = Shop(self.stack, self.folder / "orders", 60001 + 100 * self.backups)
