"""The one store of files: objects named by the SHA-256 of their content, on a local disk or an S3 bucket.

An object never changes, equal content is kept once, and a half-written object is never seen. The database
row that names an object is written after the object.
"""

import hashlib
import io
import re
import tempfile
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import IO, TYPE_CHECKING
from urllib.parse import unquote, urlsplit

import obstore
from obstore.store import LocalStore, ObjectStore, from_url

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer
    from obstore.store import ClientConfig, RetryConfig

_CHUNK = 1024 * 1024
# A bucket that does not answer must not hold a request longer than its sender waits. Plain HTTP is for an endpoint that
# the operator has named so.
_CONNECTION: "ClientConfig" = {
    "allow_http": True,
    "connect_timeout": timedelta(seconds=5),
    "timeout": timedelta(seconds=20),
}
_RETRIES: "RetryConfig" = {"max_retries": 3, "retry_timeout": timedelta(seconds=20)}
_SHA256 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class StoredObject:
    """What a database row keeps of an object: its name and its size in bytes."""

    sha256: str
    size: int


class FileStore:
    """Puts, reads and lists objects. Safe to share between threads; open it after a fork."""

    def __init__(self, url: str) -> None:
        """``url`` is ``file:///folder`` (made when missing), ``memory:///``, or ``s3://bucket/prefix``."""
        self._store = _opened(url)

    def put_file(self, source: Path | IO[bytes]) -> StoredObject:
        """Keeps the whole content of a file or of a stream from its present position, piece by piece."""
        if isinstance(source, Path):
            return self._put_path(source)
        with tempfile.NamedTemporaryFile() as spool:
            while piece := source.read(_CHUNK):
                spool.write(piece)
            spool.flush()
            return self._put_path(Path(spool.name))

    def put_bytes(self, content: bytes) -> StoredObject:
        """Keeps content that is in memory already, such as a paper just made."""
        stored = StoredObject(hashlib.sha256(content).hexdigest(), len(content))
        if not self.exists(stored.sha256):
            obstore.put(self._store, _key(stored.sha256), content)
        return stored

    def exists(self, sha256: str) -> bool:
        """Whether the object is there."""
        try:
            obstore.head(self._store, _key(sha256))
        except FileNotFoundError:
            return False
        return True

    def open_stream(self, sha256: str) -> io.BufferedReader:
        """The object as a seekable stream. Raises FileNotFoundError when it is not there."""
        return io.BufferedReader(_Readable(self._store, _key(sha256)), buffer_size=_CHUNK)

    def read_bytes(self, sha256: str) -> bytes:
        """The whole object. Raises FileNotFoundError when it is not there."""
        return bytes(obstore.get(self._store, _key(sha256)).bytes())

    def is_sound(self, sha256: str) -> bool:
        """Whether the object is there and its content still has this hash; reads it whole."""
        try:
            with self.open_stream(sha256) as stream:
                return hashlib.file_digest(stream, "sha256").hexdigest() == sha256
        except FileNotFoundError:
            return False

    def _put_path(self, path: Path) -> StoredObject:
        with path.open("rb") as stream:
            stored = StoredObject(hashlib.file_digest(stream, "sha256").hexdigest(), path.stat().st_size)
        if not self.exists(stored.sha256):
            obstore.put(self._store, _key(stored.sha256), path)
        return stored


class _Readable(io.RawIOBase):
    """Gives the standard library's stream interface to an object of the store."""

    def __init__(self, store: ObjectStore, key: str) -> None:
        self._reader = obstore.open_reader(store, key)

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        return self._reader.seek(offset, whence)

    def tell(self) -> int:
        return self._reader.tell()

    def readinto(self, buffer: "WriteableBuffer") -> int:
        view = memoryview(buffer)
        piece = memoryview(self._reader.read(len(view)))
        view[: len(piece)] = piece
        return len(piece)


def _opened(url: str) -> ObjectStore:
    parts = urlsplit(url)
    if parts.scheme == "file":
        return LocalStore(unquote(parts.path), mkdir=True)
    if parts.scheme == "s3":
        return from_url(url, client_options=_CONNECTION, retry_config=_RETRIES)
    return from_url(url)


def _key(sha256: str) -> str:
    """Spreads the objects over folders; what is no SHA-256 is refused, so no path can be smuggled in."""
    if not _SHA256.fullmatch(sha256):
        raise ValueError(f"not a SHA-256: {sha256!r}")
    return f"{sha256[:2]}/{sha256[2:4]}/{sha256}"
