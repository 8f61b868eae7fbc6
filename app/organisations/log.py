"""The log of who did what to what: lines in a chain, so that none can be changed or taken out without being seen.

A line never holds an answer, a name, an address or a secret. What respondents do is not logged at all.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from app.organisations.model import INSTALLATION
from app.standards import fingerprint

BEFORE_THE_FIRST: Final = "0" * 64
SOMEBODY: Final = -1
"""Stands for who did it where that is somebody who was not signed in."""


class Deed(StrEnum):
    """Something that was done. The words are kept with each line, so they stay as they are."""

    PROVIDER_ADDED = "provider added"
    NETWORK_ADDED = "network added"
    NETWORK_JOINED = "network joined"
    PROVIDER_RENAMED = "provider renamed"
    PROVIDER_ARCHIVED = "provider archived"
    PROVIDER_BROUGHT_BACK = "provider brought back"
    PROVIDER_MERGED = "provider merged"
    NETWORK_RENAMED = "network renamed"
    NETWORK_ARCHIVED = "network archived"
    NETWORK_BROUGHT_BACK = "network brought back"
    NETWORK_LEFT = "network left"
    PROVIDER_INVITED = "provider invited"
    SITE_ADDED = "site added"
    SITE_RENAMED = "site renamed"
    SITE_ARCHIVED = "site archived"
    SITE_BROUGHT_BACK = "site brought back"
    ROUND_OPENED = "round opened"
    TAKER_NAMED = "safeguarding contact named"
    LINKS_MADE = "links made"
    LINKS_REPLACED = "unused links replaced"
    PEOPLE_ASKED = "people asked by letter"
    PEOPLE_REMINDED = "people reminded by letter"
    ADDRESS_REMOVED = "address taken off a list"
    RESPONSES_IMPORTED = "responses imported"
    ROUND_CLOSED = "round closed"
    LAST_DAY_CHANGED = "round's last day changed"
    ROUND_CANCELLED = "round called off"
    ROUND_BROUGHT_BACK = "round brought back"
    ROUND_PURGED = "round purged"
    CAMPAIGN_OPENED = "campaign opened"
    CAMPAIGN_CLOSED = "campaign closed"
    CONTACT_ADDED = "contact added"
    CONTACT_CHANGED = "contact changed"
    CONTACT_REMOVED = "contact removed"
    RECORDING_KEPT = "recording kept"
    RECORDINGS_DELETED = "recordings deleted"
    EVIDENCE_ADDED = "evidence added"
    EVIDENCE_CHANGED = "evidence changed"
    EVIDENCE_DELETED = "evidence deleted"
    EVIDENCE_BROUGHT_BACK = "evidence brought back"
    EVIDENCE_PURGED = "evidence purged"
    VISIT_PLANNED = "visit planned"
    CHECKER_REPLACED = "checker replaced"
    VISIT_CANCELLED = "visit cancelled"
    VISIT_FINISHED = "visit finished"
    TABLET_READY = "tablet made ready"
    TABLET_WIPE_ASKED = "tablet to be emptied"
    ACCOUNT_ADDED = "account added"
    ACCOUNT_CLOSED = "account closed"
    PASSWORD_CHANGED = "password changed"  # noqa: S105  # what was done
    COLLEAGUE_INVITED = "colleague invited"
    INVITATION_TAKEN_BACK = "invitation taken back"
    SECOND_STEP_FORGOTTEN = "second step taken away"
    SIGNED_OUT_EVERYWHERE = "signed out everywhere"
    SECOND_STEP_SET = "second step set"
    SECOND_STEP_REMOVED = "second step removed"
    RECOVERY_CODES_MADE = "recovery codes made"
    ADDRESS_CHANGED = "address changed"
    SIGNED_IN = "signed in"
    SIGNED_OUT = "signed out"
    SIGN_IN_FAILED = "signing in failed"
    SESSIONS_ENDED = "sessions ended"
    ROLE_GIVEN = "role given"
    ROLE_TAKEN = "role taken away"
    SIGN_ON_SET = "sign-on set"
    SIGN_ON_REMOVED = "sign-on removed"
    SEALED_ANEW = "sealed anew"
    EARLIER_KEYS_FORGOTTEN = "earlier keys forgotten"
    BACKUP_TAKEN = "backup taken"
    DELETED_BY_SCHEDULE = "deleted by schedule"
    SCHEDULE_KEPT = "schedule kept"


SIGNING_IN: Final = frozenset({Deed.SIGNED_IN, Deed.SIGNED_OUT, Deed.SIGN_IN_FAILED, Deed.SESSIONS_ENDED})


class Part(StrEnum):
    """Which lines an auditor reads."""

    ALL = "all"
    WORK = "work"
    SIGNING_IN = "signing-in"

    @property
    def deeds(self) -> frozenset[Deed]:
        return {Part.ALL: frozenset(Deed), Part.WORK: frozenset(Deed) - SIGNING_IN, Part.SIGNING_IN: SIGNING_IN}[self]


@dataclass(frozen=True, slots=True)
class LogLine:
    """One line. number: from 1, without gaps. at: UTC, to the minute, such as "2026-11-22T09:30Z".

    account_id: who did it; 0 is the operator at the machine, SOMEBODY one who was not signed in.
    organisation_id: where; INSTALLATION for the whole.
    about: the id of what it was done to. facts: small facts, such as {"count": "12"}; never words that somebody wrote.
    previous: the hash of the line before.
    """

    number: int
    at: str
    account_id: int
    deed: Deed
    organisation_id: str = INSTALLATION
    about: str = ""
    facts: Mapping[str, str] = field(default_factory=dict)
    previous: str = BEFORE_THE_FIRST

    @property
    def sha256(self) -> str:
        """Return the line's hash, which stands for every line before it as well."""
        return fingerprint(
            {
                "number": self.number,
                "at": self.at,
                "account_id": self.account_id,
                "deed": self.deed.value,
                "organisation_id": self.organisation_id,
                "about": self.about,
                "facts": dict(self.facts),
                "previous": self.previous,
            }
        )


def faults_in(lines: Iterable[tuple[LogLine, str]]) -> Iterator[str]:
    """Say what does not fit in a log. lines: (line, the hash that is stored with it), from the first one on."""
    previous, number = BEFORE_THE_FIRST, 0
    for line, stored in lines:
        number += 1
        if line.number != number:
            yield f"Line {number} is missing: line {line.number} stands in its place."
            number = line.number
        if line.previous != previous:
            yield f"Line {line.number} does not follow the line before it."
        if line.sha256 != stored:
            yield f"Line {line.number} has been changed."
        previous = stored
