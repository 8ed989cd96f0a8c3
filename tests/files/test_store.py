import hashlib
import io
import tracemalloc
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from kbk.files.store import FileStore, StoredObject

CONTENT = b"isi risalah" * 1000
SHA256 = hashlib.sha256(CONTENT).hexdigest()


@pytest.fixture(params=["file", "memory"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> FileStore:
    return FileStore((tmp_path / "berkas unggahan").as_uri() if request.param == "file" else "memory:///")


def test_put_file_keeps_a_path_and_a_stream_as_the_same_object(store: FileStore, tmp_path: Path) -> None:
    path = tmp_path / "risalah.pdf"
    path.write_bytes(CONTENT)
    assert store.put_file(path) == StoredObject(SHA256, len(CONTENT))
    assert store.put_file(io.BytesIO(CONTENT)) == StoredObject(SHA256, len(CONTENT))
    assert store.put_bytes(CONTENT) == StoredObject(SHA256, len(CONTENT))
    assert store.read_bytes(SHA256) == CONTENT


def test_open_stream_reads_and_seeks(store: FileStore) -> None:
    store.put_bytes(CONTENT)
    with store.open_stream(SHA256) as stream:
        assert stream.read(3) == b"isi"
        stream.seek(-7, io.SEEK_END)
        assert stream.read() == b"risalah"
        stream.seek(0)
        assert stream.read() == CONTENT


def test_store_tells_what_is_missing(store: FileStore) -> None:
    assert not store.exists(SHA256)
    with pytest.raises(FileNotFoundError):
        store.open_stream(SHA256)
    with pytest.raises(FileNotFoundError):
        store.read_bytes(SHA256)


@pytest.mark.parametrize("name", ["", "../../etc/passwd", SHA256.upper(), SHA256 + "/x"])
def test_store_refuses_names_that_are_no_hash(store: FileStore, name: str) -> None:
    with pytest.raises(ValueError, match="not a SHA-256"):
        store.exists(name)


def test_object_is_sound_while_its_content_has_its_hash(tmp_path: Path) -> None:
    store = FileStore(tmp_path.as_uri())
    stored = store.put_bytes(CONTENT)
    assert store.is_sound(stored.sha256)
    (kept,) = (path for path in tmp_path.rglob("*") if path.is_file())
    kept.write_bytes(CONTENT[:-1] + b"?")
    assert not store.is_sound(stored.sha256)
    kept.unlink()
    assert not store.is_sound(stored.sha256)


def test_put_file_holds_only_pieces_of_a_large_file_in_memory(tmp_path: Path) -> None:
    large = tmp_path / "besar.bin"
    with large.open("wb") as stream:
        stream.truncate(50 * 1024 * 1024)
    store = FileStore((tmp_path / "store").as_uri())
    tracemalloc.start()
    with large.open("rb") as stream:
        stored = store.put_file(stream)
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert stored.size == 50 * 1024 * 1024
    assert peak < 5 * 1024 * 1024


def test_equal_uploads_at_once_leave_one_whole_object(tmp_path: Path) -> None:
    store = FileStore((tmp_path / "store").as_uri())
    with ThreadPoolExecutor(8) as pool:
        results = set(pool.map(lambda _n: store.put_file(io.BytesIO(CONTENT)), range(32)))
    assert results == {StoredObject(SHA256, len(CONTENT))}
    assert [path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()] == [CONTENT]
