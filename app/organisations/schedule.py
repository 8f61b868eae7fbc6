"""The schedule: how long everything that is kept is kept, why so long, and what deletes it.

docs/data-protection/retention.md shows it; a test holds that page to it. What the daily turn deletes, it deletes by the
periods that stand here.
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

ANSWERS_MONTHS: Final = 24
VISITS_MONTHS: Final = 12
LINKS_DAYS: Final = 30
ROLELESS_DAYS: Final = 30
INVITATION_DAYS: Final = 30
LETTER_DAYS: Final = 30

BY_ITSELF: Final = "by itself"


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept, by its tables or in words; for how long, and why so long.

    rules: names of what the daily turn does about it. otherwise: what else deletes it, or who.
    """

    what: tuple[str, ...]
    how_long: str
    why: str = ""
    rules: tuple[str, ...] = ()
    otherwise: str = ""

    @property
    def deleted_by(self) -> str:
        """Return what deletes it, in one cell."""
        by_rules = [f"the daily turn ({', '.join(f'`{each}`' for each in self.rules)})"] if self.rules else []
        return "; ".join((*by_rules, *filter(None, [self.otherwise])))


ABOUT_PEOPLE_WHO_ANSWER: Final = (
    Kept(
        ("response",),
        f"until {ANSWERS_MONTHS} months after the round closed; what was taken back: at once",
        "long enough to look at one's own result, to see one more yearly round beside it, and to answer a complaint "
        "about a figure; the figures themselves live on in the release",
        ("answers", "rounds-called-off"),
        "taking back empties it by itself",
    ),
    Kept(
        ("invitation",),
        f"until the round closes, and {LINKS_DAYS} days",
        "after that it lets nobody in; used and unused numbers beside a kept list of names say who took part",
        ("invitations", "rounds-called-off"),
    ),
    Kept(
        ("round_address", "address_list"),
        "until the round closes; 30 days after it was called off",
        "the next round is asked with a list of its own",
        ("addresses", "rounds-called-off"),
        "closing deletes it by itself; at once when the person or the lead takes it off",
    ),
    Kept(
        ("come_back",),
        "with its response",
        "of no use without it",
        ("answers", "rounds-called-off"),
    ),
    Kept(
        ("share",),
        "until its last day, always a Sunday",
        "the person chose it",
        ("shares", "answers", "rounds-called-off"),
        "by itself, with the next share or the round's close",
    ),
    Kept(
        ("concern", "concern_step"),
        "6 years after it was closed; longer where the contact's own safeguarding policy, an inquiry or a claim says "
        "so",
        "the usual period for claims in contract and tort in England and Wales (Limitation Act 1980, sections 2 and "
        "5); the contact keeps the formal record in their own system, so a shorter period may be right there",
        otherwise="by hand, once the contact has been asked: no program decides it",
    ),
    Kept(
        ("visit", "visit_checker", "visit_device"),
        f"{VISITS_MONTHS} months after the round was over; where the pair saw something, the visit's day and network, "
        "without people and tablets, as long as that",
        "questions about a visit come soon",
        ("visits",),
    ),
    Kept(
        ("observation",),
        f"{ANSWERS_MONTHS} months after the round was over, as the responses",
        "it is read beside them",
        ("observations", "rounds-called-off"),
    ),
    Kept(
        ("on a checker's tablet",),
        "until it was sent",
        otherwise="by itself when sent; from afar when lost; the browser's storage when the visit is removed",
    ),
    Kept(
        ("on a respondent's device",),
        "look: until they clear it; “Is this you?”: 30 minutes after the last use",
        otherwise=BY_ITSELF,
    ),
    Kept(
        ("on paper",),
        "until the second person has checked, at most 30 days after the round closed",
        "a check needs the paper; after it the paper is the only thing with a handwriting",
        otherwise="the lead shreds them",
    ),
)

FIGURES: Final = (
    Kept(
        ("release", "network_release"),
        "as long as the provider or network is in the installation",
        "anonymous by the rules of [the method](../method.md) as far as we can tell; their use is in comparing years",
        otherwise="by hand, with the provider",
    ),
    Kept(("round", "campaign"), "with the release", otherwise="by hand"),
    Kept(
        ("installation", "library_entry", "translation"),
        "for ever",
        "published content, nothing of a person",
        otherwise="nothing",
    ),
)

ABOUT_PEOPLE_WHO_WORK_HERE: Final = (
    Kept(
        ("account", "passkey", "membership", "unwanted_letter"),
        f"until the last role ends, and {ROLELESS_DAYS} days; as long as a contact for worries needs it",
        "to undo a mistake",
        ("accounts",),
        "whoever it is closes it themselves; one that never had a role: by hand",
    ),
    Kept(
        ("account_session", "sign_in_link"),
        "session: 30 days at most; link: 15 minutes, and the rest of that day and the next",
        rules=("sessions", "sign-in-links"),
        otherwise="a link is gone when it is used, a session when it is ended",
    ),
    Kept(
        ("sign_on", "sign_on_account"),
        "as long as the network signs in so; with the account",
        otherwise="`sign-on remove`; with the account, by itself",
    ),
    Kept(
        ("account_invitation",),
        f"14 days; and {INVITATION_DAYS} days more, whatever became of it",
        "so that the inviter sees what became of it",
        ("account-invitations",),
        "open ones end by themselves",
    ),
    Kept(
        ("letter",),
        f"until a mail server took it; given up after 7 days, then {LETTER_DAYS} days at most",
        rules=("letters",),
        otherwise="by itself when sent; given up ones also by `letters drop`",
    ),
    Kept(
        ("log_line",),
        "6 years",
        "as long as a claim may come. Its lines stand in a chain, so that none can be taken out alone: a cut means a "
        "new beginning, which is to be written down",
        otherwise="by hand, with a new beginning; no installation is old enough yet",
    ),
    Kept(
        ("contact",),
        "as long as it is true",
        otherwise="the coordinator; kept out of sight while a concern names it",
    ),
    Kept(
        ("recording", "folder `recordings`"),
        "until the speaker takes back what they agreed to, or the words change",
        otherwise="the coordinator, at once",
    ),
    Kept(
        ("evidence", "folder `evidence`"),
        "until the provider deletes it, 24 months after the round that it is for, and 30 days; it may show people: "
        "look at it first",
        "as the responses; 30 days to undo a mistake",
        ("evidence",),
        "the turn takes only what the provider has deleted",
    ),
    Kept(
        ("network_invitation",),
        f"until its last day, and {INVITATION_DAYS} days",
        "so that the coordinator sees what became of it; a note may name somebody",
        ("network-invitations",),
    ),
    Kept(
        ("provider", "network", "network_member"),
        "as long as they take part, and 12 months",
        otherwise="by hand",
    ),
    Kept(("logs of the program",), "30 days", otherwise="the log's own rotation"),
    Kept(
        ("backups",),
        "four weekly while rounds are open; otherwise three monthly",
        "each older one is something to compare with",
        otherwise="by hand or by the backup's own rotation",
    ),
)

SCHEDULE: Final = (*ABOUT_PEOPLE_WHO_ANSWER, *FIGURES, *ABOUT_PEOPLE_WHO_WORK_HERE)


def days_before(day: date, days: int) -> date:
    return day - timedelta(days=days)


def months_before(day: date, months: int) -> date:
    """Return the same day of an earlier month; the month's last day where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
