"""The signing key: made once, for the owner only, and the same for every process."""

from concurrent.futures import ThreadPoolExecutor

from kbk.settings import Settings


def test_the_key_is_made_once_however_many_ask_at_the_same_time(tmp_path):
    data = tmp_path / "data"
    asked = [Settings(_env_file=None, data_dir=data) for _ in range(16)]
    with ThreadPoolExecutor(16) as pool:
        keys = set(pool.map(lambda settings: settings.signing_key, asked))
    assert len(keys) == 1
    assert len(keys.pop()) == 64
    assert [path.name for path in data.iterdir()] == ["secret-key"]
    assert (data / "secret-key").stat().st_mode & 0o777 == 0o600


def test_a_given_key_is_used_as_it_is(tmp_path):
    settings = Settings(_env_file=None, data_dir=tmp_path, secret_key="given")
    assert settings.signing_key == "given"
    assert list(tmp_path.iterdir()) == []
