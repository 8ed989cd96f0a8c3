"""Every setting of an installation; the only reader of the environment.

A setting `data_dir` is given as the environment variable `KBK_DATA_DIR` or in a file `.env`.
"""

import secrets
from contextlib import suppress
from functools import cached_property
from pathlib import Path

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

MEGABYTE = 1024 * 1024


class Settings(BaseSettings):
    """What an installation may choose; every default serves one city on one machine."""

    model_config = SettingsConfigDict(env_prefix="KBK_", env_file=".env", extra="ignore")

    data_dir: Path = Field(default=Path("var"), description="database, files, queue and secret key live here")
    database_url: str = Field(
        default="", description="postgresql+psycopg://…; empty means SQLite in data_dir"
    )
    files_url: str = Field(default="", description="s3://bucket/prefix; empty means a folder in data_dir")
    secret_key: SecretStr = Field(default=SecretStr(""), description="empty means a key kept in data_dir")
    base_url: str = Field(
        default="http://127.0.0.1:8000", description="address printed in links and QR codes"
    )
    trusted_hosts: list[str] = Field(default_factory=list, description="host names answered; empty means any")
    https: bool = Field(default=False, description="cookies only over https, HSTS on")
    trusted_proxies: int = Field(default=0, ge=0, le=5, description="reverse proxies in front of the server")
    force_second_factor: bool = Field(
        default=False, description="the committee signs in by two steps or cannot act"
    )
    max_upload_bytes: int = Field(default=26 * MEGABYTE, gt=0, description="largest request body")
    risalah_quota_bytes: int = Field(default=500 * MEGABYTE, gt=0, description="all files of one risalah")
    smtp_host: str = Field(default="", description="empty means: no e-mail, links are handed over by hand")
    smtp_port: int = 587
    smtp_username: str = ""
    smtp_password: SecretStr = SecretStr("")
    smtp_tls: bool = True
    mail_sender: str = ""
    development: bool = Field(default=False, description="shows the page of components")

    @property
    def database(self) -> str:
        """SQLAlchemy address of the database in use."""
        return self.database_url or f"sqlite:///{self.data_dir.resolve() / 'kbk.db'}"

    @property
    def files(self) -> str:
        """Address of the object store in use."""
        return self.files_url or (self.data_dir.resolve() / "files").as_uri()

    @property
    def queue_path(self) -> Path:
        """File of the job queue, apart from the database."""
        return self.data_dir.resolve() / "queue.db"

    @cached_property
    def signing_key(self) -> str:
        """Return the given key, or one that is made once and kept readable for the owner only."""
        if given := self.secret_key.get_secret_value():
            return given
        path = self.data_dir / "secret-key"
        if not path.exists():
            self._make_key(path)
        return path.read_text(encoding="ascii")

    def _make_key(self, path: Path) -> None:
        """Put a new key at `path` in one step, so that nobody ever reads half of one; the first counts."""
        self.data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
        draft = path.with_name(f"{path.name}-{secrets.token_hex(8)}")
        draft.touch(mode=0o600)
        draft.write_text(secrets.token_urlsafe(48), encoding="ascii")
        with suppress(FileExistsError):
            path.hardlink_to(draft)
        draft.unlink()
