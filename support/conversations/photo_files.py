"""Where the files of photos lie: in a folder, or in a bucket of an S3-compatible store (SUPPORT_PHOTOS_URL)."""

import datetime
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import unquote, urlsplit

from django.conf import settings

from support.conversations.whole_file import write_whole

CONNECT_S, ANSWER_S, TRIES = 2, 10, 2
GONE = ("404", "NoSuchKey")


class PhotosAway(OSError):
    """The store does not answer now; asking again later makes sense."""


class PhotoFiles(Protocol):
    """Files by name, "ab/abc….jpg". Each is there with all its content or not at all."""

    def write(self, name: str, content: bytes) -> None:
        """Kept for good when this returns. Raises OSError."""

    def read(self, name: str) -> bytes:
        """Raises FileNotFoundError, OSError."""

    def delete(self, name: str) -> None:
        """Again: nothing happens. Raises OSError."""

    def older(self, before: datetime.datetime) -> Iterator[list[str]]:
        """The names of the files from before this moment, a part at a time. Raises OSError."""


class Folder:
    """In a folder."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def path(self, name: str) -> Path:
        return self.root / name

    def write(self, name: str, content: bytes) -> None:
        path = self.path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, content)

    def read(self, name: str) -> bytes:
        return self.path(name).read_bytes()

    def delete(self, name: str) -> None:
        self.path(name).unlink(missing_ok=True)

    def older(self, before: datetime.datetime) -> Iterator[list[str]]:
        for folder in sorted(self.root.glob("??")):
            yield [
                f"{folder.name}/{file.name}" for file in folder.iterdir() if file.stat().st_mtime < before.timestamp()
            ]


class Bucket:
    """In a bucket. url: https://KEY:SECRET@HOST:PORT/BUCKET, ?region=… where the store wants one."""

    def __init__(self, url: str) -> None:
        import boto3
        from botocore.config import Config
        from botocore.exceptions import BotoCoreError, ClientError

        found = urlsplit(url)
        region = dict(pair.partition("=")[::2] for pair in found.query.split("&")).get("region") or "us-east-1"
        self.bucket = found.path.strip("/")
        self._errors = (BotoCoreError, ClientError)
        self._s3 = boto3.client(
            "s3",
            endpoint_url=f"{found.scheme}://{found.netloc.rpartition('@')[2]}",
            aws_access_key_id=unquote(found.username or ""),
            aws_secret_access_key=unquote(found.password or ""),
            region_name=region,
            config=Config(
                connect_timeout=CONNECT_S,
                read_timeout=ANSWER_S,
                retries={"total_max_attempts": TRIES},
                s3={"addressing_style": "path"},
                request_checksum_calculation="when_required",  # what is newer, many stores do not know
                response_checksum_validation="when_required",
            ),
        )

    def write(self, name: str, content: bytes) -> None:
        self._ask(self._s3.put_object, name, Body=content)

    def read(self, name: str) -> bytes:
        return bytes(self._ask(lambda **which: self._s3.get_object(**which)["Body"].read(), name))

    def delete(self, name: str) -> None:
        self._ask(self._s3.delete_object, name)

    def older(self, before: datetime.datetime) -> Iterator[list[str]]:
        try:
            for page in self._s3.get_paginator("list_objects_v2").paginate(Bucket=self.bucket):
                yield [one["Key"] for one in page.get("Contents", ()) if one["LastModified"] < before]
        except self._errors as error:
            raise PhotosAway(str(error)) from error

    def _ask(self, call: Any, name: str, **given: Any) -> Any:
        try:
            return call(Bucket=self.bucket, Key=name, **given)
        except self._errors as error:
            code = getattr(error, "response", {}).get("Error", {}).get("Code")
            raise (FileNotFoundError(name) if code in GONE else PhotosAway(str(error))) from error


def photo_files() -> PhotoFiles:
    """The ones that the settings name."""
    return _bucket(settings.PHOTOS_URL) if settings.PHOTOS_URL else Folder(settings.PHOTOS_DIR)


@cache
def _bucket(url: str) -> Bucket:
    return Bucket(url)
