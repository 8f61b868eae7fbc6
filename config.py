"""Settings, read once from the environment (prefix `DRIVING_SEAT_`, plus `DATABASE_URL`). See docs/settings.md."""

import os
import secrets
import shlex
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, SecretStr, ValidationError, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from app.errors import DrivingSeatError, Fault, Invalid
from app.outgoing import CallRules, MailServer, sender_name_and_address

PROJECT = Path(__file__).resolve().parent
BUILT_IN_PICTURES = PROJECT / "pictures" / "openmoji"


def _without_slash(url: str) -> str:
    if not url.startswith(("http://", "https://")):
        raise ValueError("must begin with http:// or https://")
    return url.rstrip("/")


def _mail_server(url: SecretStr) -> SecretStr:
    if url.get_secret_value():
        with _as_value_error():
            MailServer.at(url.get_secret_value())
    return url


def _mail_sender(sender: str) -> str:
    if sender:
        with _as_value_error():
            sender_name_and_address(sender)
    return sender


def _own_servers(hosts: str) -> str:
    with _as_value_error():
        CallRules.of(hosts)
    return hosts


@contextmanager
def _as_value_error() -> Iterator[None]:
    try:
        yield
    except DrivingSeatError as error:
        raise ValueError(error.message) from None


def _a_command(written: str) -> str:
    try:
        shlex.split(written)
    except ValueError:
        raise ValueError("must be a command as it is typed; a quotation mark is missing") from None
    return written


class Settings(BaseSettings):
    """Where an installation lives and how it is reached. The defaults suit one machine and are safe to publish."""

    model_config = SettingsConfigDict(env_prefix="DRIVING_SEAT_", frozen=True, extra="ignore")

    home: Path = Field(Path("instance"), description="Folder of this installation: database, secret key.")
    database_url: str = Field(
        "", validation_alias="DATABASE_URL", description="SQLAlchemy URL; empty: an SQLite file in the home folder."
    )
    library: Path = Field(PROJECT, description="Folder that holds standards/ and surveys/.")
    pictures: Path = Field(
        BUILT_IN_PICTURES, description="Folder of a pack of pictures for Easy Read: manifest.yaml and its files."
    )
    base_url: Annotated[str, AfterValidator(_without_slash)] = Field(
        "http://127.0.0.1:8000", description="The address in links that are given to people."
    )
    trusted_hosts: str = Field(
        "", description="Host names that are answered, with commas between; empty: the host of base_url and loopback."
    )
    secret_key: SecretStr = Field(
        SecretStr(""), description="At least 32 characters; empty: made at `init` and kept in the home folder."
    )
    speech_program: str = Field("espeak-ng", description="The program that says words aloud: its name, or its path.")
    uk_help_numbers: bool = Field(default=True, description="Whether pages for help show 999, NHS 111 and Samaritans.")
    mail_server: Annotated[SecretStr, AfterValidator(_mail_server)] = Field(
        SecretStr(""), description="Where letters are handed in; empty: letters wait, and pages give links to copy."
    )
    mail_from: Annotated[str, AfterValidator(_mail_sender)] = Field(
        "", description="Whom letters come from: an address, or a name and an address."
    )
    outgoing_private_hosts: Annotated[str, AfterValidator(_own_servers)] = Field(
        "", description="Hosts that may be called though their addresses are private, with commas between."
    )
    largest_evidence_mb: int = Field(20, ge=1, le=500, description="The largest evidence file, in megabytes.")
    most_evidence_mb: int = Field(1024, ge=1, description="How much evidence one provider may keep, in megabytes.")
    virus_scanner: Annotated[str, AfterValidator(_a_command)] = Field(
        "", description="A command that looks at an evidence file on its standard input; empty: none looks."
    )
    limits_url: SecretStr = Field(
        SecretStr(""),
        description="Where tries are counted: redis://…, or each process's memory.",
    )
    proxies: int = Field(0, ge=0, le=9, description="How many proxies stand before the server, and may say who asks.")
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field("INFO", description="How much is logged.")

    @model_validator(mode="after")
    def _secret_key_is_long(self) -> Self:
        if 0 < len(self.secret_key.get_secret_value()) < 32:
            raise ValueError("secret_key must have at least 32 characters")
        return self

    @model_validator(mode="after")
    def _letters_have_a_sender(self) -> Self:
        if self.mail_server.get_secret_value() and not self.mail_from:
            raise ValueError("mail_from is needed with mail_server")
        return self

    @property
    def url_of_database(self) -> str:
        return self.database_url or f"sqlite:///{(self.home / 'driving-seat.db').resolve()}"

    @property
    def audio(self) -> Path:
        """Return the folder of the sounds that a machine spoke."""
        return self.home / "audio"

    @property
    def recordings(self) -> Path:
        """Return the folder of the voices that people recorded."""
        return self.home / "recordings"

    @property
    def evidence(self) -> Path:
        """Return the folder of the files that providers keep as evidence."""
        return self.home / "evidence"

    @property
    def is_https(self) -> bool:
        return self.base_url.startswith("https://")

    def key(self) -> bytes:
        """Return the installation's secret key. Raises Invalid when there is none yet."""
        given = self.secret_key.get_secret_value()
        if given:
            return given.encode()
        try:
            return (self.home / "secret-key").read_bytes()
        except FileNotFoundError:
            raise Invalid("This installation has not been set up yet. Run: driving-seat init") from None

    def make_key(self) -> None:
        """Make the secret key unless there is one."""
        path = self.home / "secret-key"
        if self.secret_key.get_secret_value() or path.exists():
            return
        self.home.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(48))


def read_settings() -> Settings:
    """Read the settings. Raises Invalid naming every setting that is wrong, never its value."""
    try:
        return Settings()
    except ValidationError as error:
        faults = [
            Fault("DRIVING_SEAT_" + "_".join(map(str, each["loc"])).upper(), each["msg"]) for each in error.errors()
        ]
        raise Invalid("The settings cannot be used.", faults) from None
