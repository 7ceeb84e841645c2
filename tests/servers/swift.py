"""An S3-compatible store of the tests' own, on loopback: OpenStack Swift with its S3 API, one process of each kind."""

import os
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from support.run.free_ports import free_port
from tests.servers.programs import own_folder, program, run_as, until, user_for_servers

KEY, SECRET, BUCKET = "shop:photos", "a-secret", "photos"
KINDS = ("account", "container", "object")
BACKEND = """
[DEFAULT]
bind_ip = 127.0.0.1
bind_port = {port}
workers = 0
user = {user}
swift_dir = {folder}
devices = {folder}/devices
mount_check = false
[pipeline:main]
pipeline = {kind}-server
[app:{kind}-server]
use = egg:swift#{kind}
"""
PROXY = """
[DEFAULT]
bind_ip = 127.0.0.1
bind_port = {port}
workers = 0
user = {user}
swift_dir = {folder}
[pipeline:main]
pipeline = catch_errors cache s3api tempauth proxy-server
[app:proxy-server]
use = egg:swift#proxy
account_autocreate = true
[filter:tempauth]
use = egg:swift#tempauth
user_shop_photos = a-secret .admin
[filter:s3api]
use = egg:swift#s3api
[filter:cache]
use = egg:swift#memcache
memcache_servers = 127.0.0.1:1
[filter:catch_errors]
use = egg:swift#catch_errors
"""


class Swift:
    """url: as SUPPORT_PHOTOS_URL takes it."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.ports = folder, {kind: free_port() for kind in (*KINDS, "proxy")}
        self.url = f"http://shop%3Aphotos:{SECRET}@127.0.0.1:{self.ports['proxy']}/{BUCKET}"
        self.processes: dict[str, subprocess.Popen[bytes]] = {}

    def prepare(self) -> None:
        """Rings of one device each, and what each process reads."""
        (self.folder / "devices" / "one").mkdir(parents=True)
        (self.folder / "swift.conf").write_text("[swift-hash]\nswift_hash_path_suffix = x\n")
        given = {"folder": self.folder, "user": user_for_servers()}
        for kind in KINDS:
            (self.folder / f"{kind}.conf").write_text(BACKEND.format(kind=kind, port=self.ports[kind], **given))
            builder = [program("swift-ring-builder"), str(self.folder / f"{kind}.builder")]
            device = f"r1z1-127.0.0.1:{self.ports[kind]}/one"
            for step in (("create", "4", "1", "0"), ("add", device, "1"), ("rebalance",)):
                subprocess.run([*builder, *step], cwd=self.folder, check=True, capture_output=True)
        (self.folder / "proxy.conf").write_text(PROXY.format(port=self.ports["proxy"], **given))
        if os.getuid() == 0:
            run_as("root", ["chown", "-R", user_for_servers(), str(self.folder)], self.folder)

    def start(self) -> None:
        for kind in self.ports:
            self._start(kind)
        until(self._has_bucket, 60, self._said)

    def stop(self) -> None:
        """At once, as by a power cut; its files stay."""
        for kind in list(self.processes):
            self.stop_one(kind)

    def stop_one(self, kind: str) -> None:
        process = self.processes.pop(kind)
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def names(self) -> set[str]:
        """What lies in the bucket."""
        return {one["Key"] for one in self._s3().list_objects_v2(Bucket=BUCKET).get("Contents", ())}

    def _start(self, kind: str) -> None:
        with (self.folder / "said").open("ab") as said:
            self.processes[kind] = subprocess.Popen(
                [program(f"swift-{kind}-server"), str(self.folder / f"{kind}.conf"), "-v"],
                user=user_for_servers(),
                cwd=self.folder,
                env={"PATH": os.environ["PATH"], "HOME": str(self.folder), "SWIFT_DIR": str(self.folder)},
                stdout=said,
                stderr=said,
                start_new_session=True,
            )

    def _has_bucket(self) -> bool:
        assert all(process.poll() is None for process in self.processes.values()), self._said()
        try:
            self._s3().create_bucket(Bucket=BUCKET)
        except (BotoCoreError, ClientError) as error:
            return "BucketAlready" in str(error)
        return True

    def _said(self) -> str:
        return (self.folder / "said").read_text(errors="replace")

    def _s3(self):
        where = {"endpoint_url": f"http://127.0.0.1:{self.ports['proxy']}", "region_name": "us-east-1"}
        config = Config(s3={"addressing_style": "path"}, retries={"total_max_attempts": 1})
        return boto3.client("s3", aws_access_key_id=KEY, aws_secret_access_key=SECRET, config=config, **where)


@contextmanager
def running_swift() -> Iterator[Swift]:
    """One that runs as long as this lasts, with its bucket."""
    with own_folder("swift-") as folder:
        server = Swift(folder)
        server.prepare()
        server.start()
        try:
            yield server
        finally:
            server.stop()
