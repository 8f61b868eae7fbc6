"""The checks. Each judges what it is given and looks at nothing itself.

mode: a file's permission bits, such as 0o600; None where there is no file.
"""

import stat
from collections.abc import Collection, Sequence
from datetime import date

from app.services.examining.finding import Finding, broken, look, ok

OTHERS = stat.S_IRWXG | stat.S_IRWXO
BACKUP_DAYS, OLD_BACKUP_DAYS = 8, 35
FREE_BYTES, ENOUGH_BYTES = 200 * 2**20, 2**30
CLOCK_SECONDS = 60
SCHEDULE_DAYS = 2
INIT = "Run: driving-seat init"


def secret_key(mode: int | None, *, is_given: bool) -> Finding:
    if is_given:
        return ok("secret key", "It comes from the environment.")
    if mode is None:
        return broken("secret key", "There is none.", INIT)
    if mode & OTHERS:
        return broken("secret key", "Others on this machine can read it.", "chmod 600 secret-key, then: keys rotate")
    return ok("secret key", "Only its owner can read it.")


def hashing_key(mode: int | None, *, is_given: bool) -> Finding:
    if is_given:
        return ok("hashing key", "It comes from the environment.")
    if mode is None:
        remedy = "Run init, or set DRIVING_SEAT_HASHING_KEY to the oldest secret key (docs/settings.md)."
        return look("hashing key", "There is none of its own, so it is the oldest secret key.", remedy)
    if mode & OTHERS:
        return broken("hashing key", "Others on this machine can read it.", "chmod 600 hashing-key")
    return ok("hashing key", "Only its owner can read it.")


def key_apart(*, is_beside_database: bool) -> Finding:
    if is_beside_database:
        remedy = "Give it by DRIVING_SEAT_SECRET_KEY instead, or see to it that no backup takes both."
        return look("key and database", "They lie in one folder: whoever copies it has both.", remedy)
    return ok("key and database", "They do not lie in one folder.")


def earlier_keys(count: int) -> Finding:
    if count:
        remedy = "When no backup needs them any more: driving-seat keys forget-earlier"
        return look("earlier keys", f"{count} are kept.", remedy)
    return ok("earlier keys", "None is kept.")


def sealed(earlier_count: int, unknown_count: int) -> Finding:
    if unknown_count:
        remedy = "Put the key back with which they were sealed (docs/settings.md, Keys)."
        return broken("sealed texts", f"No known key opens {unknown_count}.", remedy)
    if earlier_count:
        return look("sealed texts", f"An earlier key seals {earlier_count}.", "Run: driving-seat keys rotate")
    return ok("sealed texts", "The present key opens all.")


def address(base_url: str, *, is_loopback: bool) -> Finding:
    if base_url.startswith("https://"):
        return ok("address", f"Links begin with {base_url}.")
    if is_loopback:
        remedy = "Before anybody else is asked: set DRIVING_SEAT_BASE_URL to the https address."
        return look("address", f"Links begin with {base_url}, which works on this machine alone.", remedy)
    remedy = "Put a proxy with https in front, and set DRIVING_SEAT_BASE_URL."
    return broken("address", "Answers and passwords go over the network in clear: there is no https.", remedy)


def proxies(count: int, *, is_https: bool) -> Finding:
    if is_https and not count:
        remedy = "Set DRIVING_SEAT_PROXIES to how many stand before it (docs/settings.md)."
        return look("proxies", "None is named, so all visitors seem to come from one address.", remedy)
    return ok("proxies", f"{count} may say who asks.")


def limits(url: str) -> Finding:
    if not url:
        remedy = "With more than one worker, set DRIVING_SEAT_LIMITS_URL to a Redis that all of them share."
        return look("limits", "Each process counts tries for itself, so as many more are let through.", remedy)
    return ok("limits", "All processes count tries together.")


def hosts(trusted: Collection[str], base_host: str) -> Finding:
    if any("*" in each for each in trusted):
        return broken("host names", "Every name is answered.", "List the names in DRIVING_SEAT_TRUSTED_HOSTS.")
    if base_host not in trusted:
        remedy = f"Add {base_host} to DRIVING_SEAT_TRUSTED_HOSTS."
        return broken("host names", "The name in links is refused, so no link opens.", remedy)
    return ok("host names", "Only names that are meant are answered.")


def home(mode: int) -> Finding:
    if mode & OTHERS:
        return broken("home folder", "Others on this machine can look into it.", "chmod 700 the home folder.")
    return ok("home folder", "Only its owner can look into it.")


def free_space(free_bytes: int) -> Finding:
    said = f"{free_bytes // 2**20} MB are free."
    if free_bytes < FREE_BYTES:
        return broken("disk", said, "Make room now: without it no answer is saved.")
    return look("disk", said, "Make room soon.") if free_bytes < ENOUGH_BYTES else ok("disk", said)


def database(problem: str) -> Finding:
    """problem: what went wrong, as one word; empty when it answers."""
    if problem:
        return broken(
            "database",
            f"It cannot be used ({problem}).",
            "Look at DATABASE_URL and its server, and run: driving-seat init",
        )
    return ok("database", "It answers.")


def tables(*, is_current: bool) -> Finding:
    if is_current:
        return ok("tables", "They are as this version needs them.")
    return broken("tables", "They are not as this version needs them.", f"Take a backup. {INIT}")


def set_up(*, is_done: bool) -> Finding:
    if is_done:
        return ok("set up", "Somebody looks after it, or organisations are in it.")
    remedy = "Run: driving-seat administrator add YOUR-EMAIL, and open the link (docs/guides/administrator.md)."
    return look("set up", "Nobody looks after it, and no organisation is in it.", remedy)


def log(fault_count: int) -> Finding:
    if fault_count:
        return broken("log", f"{fault_count} lines were changed or taken out.", "Run: driving-seat audit verify")
    return ok("log", "Its chain is whole.")


def sqlite(modes: Sequence[int], journal: str, *, is_overwritten: bool) -> Finding:
    """modes: of the file and what lies beside it. is_overwritten: whether deleted content is."""
    if any(each & OTHERS for each in modes):
        return broken("SQLite", "Others on this machine can read the database.", "chmod 600 driving-seat.db*")
    if not is_overwritten:
        return broken("SQLite", "What is deleted is not overwritten.", "Use an SQLite that has secure_delete.")
    if journal != "wal":
        remedy = "Put the database on a disk of this machine, not on a share."
        return look("SQLite", f"It keeps its log as {journal}, so that readers wait for writers.", remedy)
    return ok("SQLite", "Only its owner can read it, and what is deleted is overwritten.")


def postgres(*, is_encrypted: bool, is_local: bool, is_superuser: bool, is_archived: bool) -> Finding:
    if not is_encrypted and not is_local:
        remedy = "Add sslmode=verify-full to DATABASE_URL, and sslrootcert."
        return broken("PostgreSQL", "Answers go to its server in clear.", remedy)
    if is_archived:
        remedy = "Switch off archive_mode: it keeps the order of writing (docs/backups.md)."
        return broken("PostgreSQL", "Its write-ahead log is archived.", remedy)
    if is_superuser:
        remedy = "Give it a role of its own that owns this database and nothing else."
        return look("PostgreSQL", "Driving Seat is its superuser.", remedy)
    return ok("PostgreSQL", "It is reached safely, with a role of its own.")


def mail(fault: str, *, is_named: bool) -> Finding:
    """fault: why no letter would leave; empty when the server lets us in."""
    if not is_named:
        remedy = "Set DRIVING_SEAT_MAIL_SERVER, unless links are handed over."
        return look("mail", "There is no mail server, so letters wait and pages give links to copy.", remedy)
    if fault:
        return broken("mail", f"No letter leaves ({fault}).", "Look at DRIVING_SEAT_MAIL_SERVER and the server.")
    return ok("mail", "The mail server lets us in.")


def letters(given_up_count: int) -> Finding:
    if given_up_count:
        remedy = "driving-seat letters send, or letters drop."
        return look("letters", f"{given_up_count} were not taken within a week.", remedy)
    return ok("letters", "None was given up.")


def schedule(days_ago: int | None, *, is_by_server: bool) -> Finding:
    """days_ago: since the schedule was last kept without a fault; None when it never was."""
    remedy = "Keep `driving-seat serve` running, or run: driving-seat retention run"
    if days_ago is None:
        return look("schedule", "What is kept too long has never been deleted here.", remedy)
    if days_ago > SCHEDULE_DAYS:
        return broken("schedule", f"What is kept too long was last deleted {days_ago} days ago.", remedy)
    if not is_by_server:
        return look(
            "schedule", "The server does not keep it: DRIVING_SEAT_KEEP_SCHEDULE is off.", "See docs/settings.md."
        )
    return ok("schedule", "What is kept too long is deleted every day.")


def backups(newest_days: int | None, modes: Collection[int], *, is_named: bool, is_in_home: bool) -> Finding:
    """newest_days: the age of the newest backup; None without any. modes: of the backups."""
    if not is_named:
        return look("backups", "No folder of backups is named.", "Set DRIVING_SEAT_BACKUPS (docs/backups.md).")
    if newest_days is None:
        return broken("backups", "There is none.", "Take one now (docs/backups.md).")
    if newest_days > OLD_BACKUP_DAYS:
        return broken("backups", f"The newest is {newest_days} days old.", "Take one now, and see why none was taken.")
    if any(each & OTHERS for each in modes):
        return broken("backups", "Others on this machine can read one.", "chmod 600 the files.")
    if is_in_home:
        return look("backups", "They lie in the home folder, beside the keys.", "Put them on another machine.")
    if newest_days > BACKUP_DAYS:
        return look("backups", f"The newest is {newest_days} days old.", "Take one a week while rounds are open.")
    return ok("backups", f"The newest is {newest_days} days old.")


def speech(*, is_there: bool) -> Finding:
    if is_there:
        return ok("reading aloud", "The speech program is there.")
    remedy = "Install espeak-ng, or set DRIVING_SEAT_SPEECH_PROGRAM (docs/audio.md)."
    return look("reading aloud", "There is no speech program, so no machine reads aloud.", remedy)


def assets(*, are_built: bool) -> Finding:
    if are_built:
        return ok("style and scripts", "They are built.")
    return broken("style and scripts", "They are not built, so no page can be shown.", "Run: make assets")


def library(fault_count: int) -> Finding:
    if fault_count:
        remedy = "Run: driving-seat standards check"
        return broken("library", f"{fault_count} faults in standards, surveys or their ledgers.", remedy)
    return ok("library", "Standards, surveys and their ledgers are whole.")


def translations(not_whole: Sequence[str]) -> Finding:
    if not_whole:
        return broken("translations", f"Not whole: {', '.join(not_whole)}.", "Run: driving-seat translations status")
    return ok("translations", "Every published language is whole.")


def demonstration(*, is_one: bool, is_loopback: bool) -> Finding:
    if is_one and not is_loopback:
        remedy = "Begin a new installation with another DRIVING_SEAT_HOME for real people."
        return broken("demonstration", "This is one, with sign-ins that everybody knows, at a public address.", remedy)
    if is_one:
        return look("demonstration", "This is one. Its people are made up.", "Ask no real people here.")
    return ok("demonstration", "This is none.")


def clock(today: date, newest_entry: date, seconds_apart: float) -> Finding:
    """newest_entry: the latest day in the ledgers, before which it cannot be. seconds_apart: from the database's."""
    if today < newest_entry:
        return broken("clock", f"It says {today}, which is over.", "Set the machine's clock, by NTP.")
    if abs(seconds_apart) > CLOCK_SECONDS:
        said = f"It is {abs(seconds_apart):.0f} s away from the database server's."
        return look("clock", said, "Set both by NTP.")
    return ok("clock", f"It says {today}.")
