"""Settings, read once from the environment (prefix `DRIVING_SEAT_`, plus `DATABASE_URL`). See docs/settings.md."""

import os
import secrets
import shlex
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Literal, Self, TextIO
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, SecretStr, ValidationError, ValidationInfo, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from app.errors import Conflict, DrivingSeatError, Fault, Invalid, Refused
from app.outgoing import CallRules, MailServer, sender_name_and_address

PROJECT = Path(__file__).resolve().parent
SHORTEST_KEY = 32
KEYS_ARE_GIVEN = (
    "The keys of this installation come from its environment, and are changed there. Give DRIVING_SEAT_SECRET_KEY a "
    "new key, put the one before first in DRIVING_SEAT_EARLIER_SECRET_KEYS, restart the server, and run: "
    "driving-seat keys rotate"
)
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


def _contact(address: str) -> str:
    if address and not (address.startswith(("mailto:", "https://")) and address.isprintable() and " " not in address):
        raise ValueError("must begin with mailto: or https://")
    return address


def _a_command(written: str) -> str:
    try:
        shlex.split(written)
    except ValueError:
        raise ValueError("must be a command as it is typed; a quotation mark is missing") from None
    return written


class Settings(BaseSettings):
    """Where an installation lives and how it is reached. The defaults suit one machine and are safe to publish."""

    model_config = SettingsConfigDict(env_prefix="DRIVING_SEAT_", frozen=True, extra="ignore")

    home: Path = Field(Path("instance"), description="Folder of this installation: database, keys.")
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
    earlier_secret_keys: SecretStr = Field(
        SecretStr(""), description="Keys that secret_key had before, newest first, with commas between."
    )
    hashing_key: SecretStr = Field(
        SecretStr(""), description="What keys hashes, and never changes; empty: in the home folder, or the oldest key."
    )
    backups: Path | None = Field(
        None, description="Folder where backups are put; `doctor` says when the newest is too old."
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
    keep_schedule: bool = Field(
        default=True, description="Whether the server deletes each day what the schedule of retention lets go."
    )
    limits_url: SecretStr = Field(
        SecretStr(""),
        description="Where tries are counted: redis://…, or each process's memory.",
    )
    proxies: int = Field(0, ge=0, le=9, description="How many proxies stand before the server, and may say who asks.")
    security_contact: Annotated[str, AfterValidator(_contact)] = Field(
        "", description="Where somebody who finds a weakness writes to: mailto:… or https://…; empty: none is told."
    )
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field("INFO", description="How much is logged.")

    @field_validator("secret_key", "earlier_secret_keys", "hashing_key")
    @classmethod
    def _keys_are_long(cls, given: SecretStr, field: ValidationInfo) -> SecretStr:
        text = given.get_secret_value()
        keys = text.split(",") if field.field_name == "earlier_secret_keys" else [text]
        if any(0 < len(key) < SHORTEST_KEY for key in keys):
            raise ValueError(f"a key must have at least {SHORTEST_KEY} characters")
        return given

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
    def folders_to_keep(self) -> tuple[Path, ...]:
        """Return the folders that belong into a backup, beside the database: what nothing can make anew."""
        return self.recordings, self.evidence

    @property
    def is_https(self) -> bool:
        return self.base_url.startswith("https://")

    @property
    def host(self) -> str:
        """Return the host of base_url as it stands there, without its port: an IPv6 address in brackets."""
        found = urlsplit(self.base_url).hostname or ""
        return f"[{found}]" if ":" in found else found

    @property
    def answered_hosts(self) -> tuple[str, ...]:
        """Return the host names that are answered."""
        listed = tuple(host.strip() for host in self.trusted_hosts.split(",") if host.strip())
        return listed or tuple(sorted({self.host, "127.0.0.1", "localhost", "[::1]"}))

    @property
    def has_key(self) -> bool:
        return self.is_key_given or self.key_file.exists()

    @property
    def key_file(self) -> Path:
        """Return the file of the keys that seal: the present one on the first line, then earlier ones, newest first."""
        return self.home / "secret-key"

    @property
    def hashing_key_file(self) -> Path:
        return self.home / "hashing-key"

    @property
    def is_key_given(self) -> bool:
        """Say whether the secret key comes from the environment, and so is changed there."""
        return bool(self.secret_key.get_secret_value())

    @property
    def has_earlier_given(self) -> bool:
        return bool(self.earlier_secret_keys.get_secret_value())

    def keys(self) -> tuple[bytes, ...]:
        """Return the keys that seal: the present one, then earlier ones, newest first.

        Read each time, so that a server that runs takes a new key at once. Raises Invalid when there is none yet.
        """
        own = [self.secret_key.get_secret_value()] if self.is_key_given else self._kept_keys()
        earlier = self.earlier_secret_keys.get_secret_value().split(",")
        return tuple(key.encode() for key in dict.fromkeys((*own, *earlier)) if key)

    def hash_key(self) -> bytes:
        """Return what keys hashes. It outlives every change of keys(): from a hash nothing can be made anew."""
        if given := self.hashing_key.get_secret_value():
            return given.encode()
        if self.hashing_key_file.exists():
            return self.hashing_key_file.read_bytes()
        return self.keys()[-1]

    def make_keys(self) -> None:
        """Make the keys unless they are there. Where one key served for everything, hashes go on with that one."""
        if self.is_key_given:
            return
        self.home.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not self.hashing_key_file.exists():
            with _put_private(self.hashing_key_file) as file:
                file.write(self._kept_keys()[-1] if self.key_file.exists() else secrets.token_urlsafe(48))
        if not self.key_file.exists():
            with _put_private(self.key_file) as file:
                file.write(secrets.token_urlsafe(48))

    def add_key(self) -> None:
        """Put a new key before those that there are. Raises Refused when the keys come from the environment."""
        self._refuse_given_keys()
        self.make_keys()
        with _put_private(self.key_file) as file:
            file.write("\n".join((secrets.token_urlsafe(48), *self._kept_keys())))

    def forget_earlier_keys(self) -> None:
        """Keep the present key, and the one that hashes. Raises Refused when they come from the environment."""
        self._refuse_given_keys()
        self.make_keys()
        with _put_private(self.key_file) as file:
            file.write(self._kept_keys()[0])

    def _kept_keys(self) -> list[str]:
        try:
            return self.key_file.read_text().split("\n")
        except FileNotFoundError:
            raise Invalid("This installation has not been set up yet. Run: driving-seat init") from None

    def _refuse_given_keys(self) -> None:
        if self.is_key_given or self.has_earlier_given:
            raise Refused(KEYS_ARE_GIVEN)


@contextmanager
def _put_private(path: Path) -> Iterator[TextIO]:
    """Write a file for its owner alone, and put it whole in the place of the one before.

    Raises Conflict when it is being changed at this moment, or was when something interrupted it.
    """
    new = path.with_name(f"{path.name}.new")
    try:
        descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise Conflict(f"The keys are being changed now. If nobody does that: remove {new}, and try again.") from None
    try:
        with os.fdopen(descriptor, "w") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        new.replace(path)
    finally:
        new.unlink(missing_ok=True)


def read_settings() -> Settings:
    """Read the settings. Raises Invalid naming every setting that is wrong, never its value."""
    try:
        return Settings()
    except ValidationError as error:
        faults = [
            Fault("DRIVING_SEAT_" + "_".join(map(str, each["loc"])).upper(), each["msg"]) for each in error.errors()
        ]
        raise Invalid("The settings cannot be used.", faults) from None
