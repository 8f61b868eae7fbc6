"""Looking at an installation. Nothing is changed by it."""

import time
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from shutil import disk_usage

from sqlalchemy.exc import DBAPIError

from app.errors import DrivingSeatError, Invalid
from app.library import check_folder
from app.library.folders import STANDARDS, SURVEYS
from app.library.ledger_file import LEDGER_NAME, read_ledger
from app.library.progress import progress
from app.library.speech import speech_program
from app.organisations import OPERATOR
from app.outgoing import Mailer, MailServer, NotSentError
from app.outgoing.addresses import is_loopback
from app.services.changing_keys import held
from app.services.examining import checks
from app.services.examining.finding import Finding
from app.services.installing import is_demonstration, is_set_up
from app.services.log import verify
from app.services.sending import status
from app.services.tending import tended_on
from app.storage import Database
from app.storage.examination import postgres_state, sqlite_state
from app.storage.migrate import is_current
from config import PROJECT, Settings

ASSETS = PROJECT / "app" / "web" / "static" / "built" / "manifest.json"
SECONDS_A_DAY = 24 * 60 * 60


def examine(settings: Settings) -> Iterator[Finding]:
    """Give what every check finds, in an order from the keys to the words."""
    yield from _keys(settings)
    is_local = is_loopback(settings.host.strip("[]"))
    yield checks.address(settings.base_url, is_loopback=is_local)
    yield checks.proxies(settings.proxies, is_https=settings.is_https)
    yield checks.limits(settings.limits_url.get_secret_value())
    yield checks.hosts(settings.answered_hosts, settings.host)
    if settings.home.exists():
        yield checks.home(_mode(settings.home) or 0)
        yield checks.free_space(disk_usage(settings.home).free)
    yield from _database(settings, is_local=is_local)
    yield _mail(settings)
    yield _backups(settings)
    yield checks.speech(is_there=_is_there(settings.speech_program))
    yield checks.assets(are_built=ASSETS.exists())
    yield from _library(settings.library)


def _keys(settings: Settings) -> Iterator[Finding]:
    given = bool(settings.hashing_key.get_secret_value())
    yield checks.secret_key(_mode(settings.key_file), is_given=settings.is_key_given)
    yield checks.hashing_key(_mode(settings.hashing_key_file), is_given=given)
    is_beside = not settings.database_url or Path(settings.url_of_database).parent == settings.home
    yield checks.key_apart(is_beside_database=is_beside and not settings.is_key_given)
    if settings.has_key:
        yield checks.earlier_keys(len(settings.keys()) - 1)


def _database(settings: Settings, *, is_local: bool) -> Iterator[Finding]:
    seconds_apart = 0.0
    try:
        found = Database.at(settings.url_of_database, settings.keys).acting_for(OPERATOR)
        has_tables = found.exists and is_current(found)
        yield checks.database("" if found.exists else "there is no file")
        yield checks.tables(is_current=has_tables)
        if has_tables:
            yield from _tables(found, settings, is_local=is_local)
        if found.exists and found.is_sqlite:
            yield _sqlite(found)
        elif not found.is_sqlite:
            finding, seconds_apart = _postgres(found)
            yield finding
        found.close()
    except (DBAPIError, DrivingSeatError, OSError) as error:
        yield checks.database(type(getattr(error, "orig", error)).__name__)
    yield checks.clock(datetime.now().astimezone().date(), _newest_entry(settings.library), seconds_apart)


def _tables(found: Database, settings: Settings, *, is_local: bool) -> Iterator[Finding]:
    yield checks.demonstration(is_one=is_demonstration(found), is_loopback=is_local)
    yield checks.set_up(is_done=is_set_up(found))
    yield checks.log(len(verify(found).faults))
    yield checks.letters(status(found).given_up.count)
    tended = tended_on(found)
    days_ago = (datetime.now().astimezone().date() - tended).days if tended else None
    yield checks.schedule(days_ago, is_by_server=settings.keep_schedule)
    if not settings.has_key:
        return
    counted = held(found, settings.keys())
    yield checks.sealed(sum(each.earlier for each in counted), sum(each.unknown for each in counted))


def _sqlite(found: Database) -> Finding:
    path = Path(str(found.engine.url.database))
    with found.reading() as connection:
        state = sqlite_state(connection)
    modes = [_mode(each) or 0 for each in path.parent.glob(f"{path.name}*")]
    return checks.sqlite(modes, state.journal, is_overwritten=state.is_overwritten)


def _postgres(found: Database) -> tuple[Finding, float]:
    host = found.engine.url.host or ""
    with found.reading() as connection:
        state = postgres_state(connection)
    finding = checks.postgres(
        is_encrypted=state.is_encrypted,
        is_local=not host or host.startswith("/") or is_loopback(host),
        is_superuser=state.is_superuser,
        is_archived=state.is_archived,
    )
    return finding, (datetime.now(UTC) - state.now).total_seconds()


def _mail(settings: Settings) -> Finding:
    url = settings.mail_server.get_secret_value()
    if not url:
        return checks.mail("", is_named=False)
    try:
        with Mailer(MailServer.at(url), settings.mail_from) as mailer:
            mailer.greet()
    except NotSentError as error:
        return checks.mail(str(error.fault), is_named=True)
    return checks.mail("", is_named=True)


def _backups(settings: Settings) -> Finding:
    folder = settings.backups
    files = [each for each in folder.iterdir() if each.is_file()] if folder and folder.is_dir() else []
    newest = max((each.stat().st_mtime for each in files), default=None)
    return checks.backups(
        None if newest is None else int((time.time() - newest) // SECONDS_A_DAY),
        [_mode(each) or 0 for each in files],
        is_named=folder is not None,
        is_in_home=folder is not None and folder.resolve().is_relative_to(settings.home.resolve()),
    )


def _library(folder: Path) -> Iterator[Finding]:
    try:
        list(check_folder(folder))
    except Invalid as error:
        yield checks.library(max(1, len(error.faults)))
        return
    yield checks.library(0)
    not_whole = [f"{each.of} ({each.language})" for each in progress(folder) if each.is_locked and not each.is_complete]
    yield checks.translations(not_whole)


def _newest_entry(folder: Path) -> date:
    try:
        days = [each.on for kind in (STANDARDS, SURVEYS) for each in read_ledger(folder / kind / LEDGER_NAME)]
    except (Invalid, OSError):
        days = []
    return max((date.fromisoformat(str(each)) for each in days), default=date.min)


def _is_there(program: str) -> bool:
    try:
        speech_program(program)
    except DrivingSeatError:
        return False
    return True


def _mode(path: Path) -> int | None:
    return path.stat().st_mode & 0o777 if path.exists() else None
