"""A whole installation to visit: a database with a demonstration, and the production server in a process of its own."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from pathlib import Path
from secrets import token_hex

from pydantic import SecretStr
from sqlalchemy import make_url

from app.organisations import INSTALLATION, OPERATOR, Membership, Role
from app.organisations.evidence import Label, StandardKey
from app.responses import AnsweredHow, ConcernState, HowLong, ProviderView, Round, Told
from app.services import accounts, answering, concerns, evidence, networking, sharing
from app.services.calling_off import cancel_round
from app.services.closing import close_round
from app.services.coming_back import choose_word
from app.services.demonstration import SURVEY, SignIn, add_demonstration
from app.services.evidence import MEGABYTE
from app.services.importing import Imported, import_responses
from app.services.inviting import invite
from app.services.organising import add_provider
from app.services.rounds import all_rounds, open_round
from app.services.sharing import SharedWith
from app.standards import Audience
from app.storage import Database, responses
from app.storage.keys import new_id
from app.storage.rounds import Campaign
from app.surveys import Edition, Length, Question
from app.web.passwords import hash_new_password
from config import Settings
from tests.days import TODAY
from tests.evidence_files import PDF
from tests.responses_files import SHORT_INDICATORS, row, write_csv

DRIVING_SEAT = Path(sys.executable).with_name("driving-seat")
SECONDS_TO_STOP = 10
OWN_WORD = "blue dog"
NOBODY_S_MAIL_SERVER = "smtp://127.0.0.1:9"
NOBODY_S_TOKEN = "AAAAAAAAAAAAAAAAAAAAAAAA"
ANSWERS = ("yes", "yes", "sometimes", "dont_know", "no")


@dataclass(frozen=True)
class ServedSite:
    """settings: of the installation, address included. opened: the demonstration's open round, of the lead's provider.

    Everything that a test needs beside what it does in the browser is made here, by the services, on the same database.
    """

    settings: Settings
    database: Database
    lead: SignIn
    coordinator: SignIn
    opened: Round
    checkers: tuple[SignIn, SignIn]
    safeguarding: SignIn
    administrator: SignIn
    auditor: SignIn

    edition: Edition = Edition.STANDARD
    language: str = "en"

    def read_in(self, edition: Edition, language: str) -> "ServedSite":
        """Return the same site, whose links are begun in this edition and language."""
        return replace(self, edition=edition, language=language)

    @property
    def address(self) -> str:
        return self.settings.base_url

    @cached_property
    def closed(self) -> Round:
        """The round of the lead's provider in the closed campaign, with enough answers for every figure."""
        found = all_rounds(self.database, provider_id=self.opened.provider_id)
        return next(each for each, _ in found if each.closed_on == TODAY and each.campaign_id)

    @cached_property
    def campaign(self) -> Campaign:
        """The closed campaign of the coordinator's network."""
        assert self.closed.campaign_id is not None
        return networking.view_of_campaign(self.database, self.closed.campaign_id).campaign

    def open_round(self, length: Length = Length.SHORT, provider_view: ProviderView = ProviderView.AGREED) -> Round:
        """Open one more round of the lead's provider."""
        return open_round(
            self.database, self.opened.provider_id, SURVEY, length=length, provider_view=provider_view, on=TODAY
        )

    def open_campaign(self) -> Campaign:
        return networking.open_campaign(self.database, self.campaign.network_id, SURVEY, length=Length.SHORT, on=TODAY)

    def round_in(self, campaign: Campaign) -> Round:
        """Return the round of the lead's provider in a campaign."""
        ((of, _),) = all_rounds(self.database, provider_id=self.opened.provider_id, campaign_id=campaign.id)
        return of

    def close(self, of: Round) -> None:
        close_round(self.database, of.id, TODAY)

    def call_off(self, of: Round) -> None:
        """Call a round off today, by the server's clock: it can still be brought back."""
        cancel_round(self.database, of.id, date.today())

    def called_off(self) -> Round:
        of = self.open_round()
        self.call_off(of)
        return of

    def link(self, of: Round | None = None, audience: Audience = Audience.PERSON) -> str:
        """Return the path of a new link."""
        return f"/a/{invite(self.database, (of or self.opened).id, audience, 1)[0].token}"

    def begun_link(
        self,
        of: Round | None = None,
        audience: Audience = Audience.PERSON,
        edition: Edition | None = None,
        answered: int = 0,
    ) -> str:
        """Return the path of a link with which somebody began, and answered the first questions with "Yes"."""
        path = self.link(of, audience)
        answering.start(self.database, token_in(path), edition or self.edition, self.language)
        for question in self.questions(path)[:answered]:
            answering.record_answer(self.database, token_in(path), question.id, "yes")
        return path

    def sent_link(self, of: Round | None = None, audience: Audience = Audience.PERSON) -> str:
        path = self.begun_link(of, audience, answered=2)
        answering.record_answered_how(self.database, token_in(path), AnsweredHow.HELPED)
        answering.submit(self.database, token_in(path), TODAY)
        return path

    def locked_link(self, *, sent: bool = False) -> str:
        """Return the path of a link whose answers are locked with OWN_WORD."""
        path = self.begun_link(answered=3)
        choose_word(self.database, self.settings.hash_key(), token_in(path), OWN_WORD)
        if sent:
            answering.submit(self.database, token_in(path), TODAY)
        return path

    def shared_link(self) -> str:
        """Return the path of a result that its respondent shares."""
        token = token_in(self.sent_link())
        return f"/s/{sharing.share(self.database, token, SharedWith.FAMILY, HowLong.A_MONTH, TODAY)}"

    def concern(self, words: str = "He shouts at night.\nI am scared.", *steps: ConcernState) -> str:
        """Tell the safeguarding contact about a worry; return the path of the concern, with these steps in its log."""
        contact = concerns.safeguarding_contact(self.database, self.opened)
        assert contact is not None
        assert contact.account_id is not None
        reader = accounts.actor_of(self.database, contact.account_id)
        known = {each.concern.id for each in concerns.concerns_of(self.database, reader)}
        told, keys = Told(words, "Ring my sister on 01632 960 003", in_danger=True), self.settings.keys()
        concerns.raise_concern(self.database, keys, self.opened, contact.reader_mark, token_hex(16), told, TODAY)
        (new,) = {each.concern.id for each in concerns.concerns_of(self.database, reader)} - known
        for count, step in enumerate(steps):
            if step is ConcernState.READ:
                concerns.open_concern(self.database, reader, new, TODAY)
            else:
                note = "The safeguarding team of the council."
                concerns.write_step(self.database, keys, reader, new, step, note, step_count=count, on=TODAY)
        return f"/concerns/{new}"

    def evidence(self, path: str = "", *, deleted: bool = False) -> str:
        """Keep a file of the lead's provider; return the path of its page, or of one below it."""
        store = evidence.Store(self.settings.evidence, self.settings.keys(), MEGABYTE, MEGABYTE)
        label = Label("How we plan a move together", StandardKey(self.opened.standards_id, "S01"), self.opened.id)
        kept = evidence.add_evidence(
            self.database, store, self.opened.provider_id, new_id(), label,
            file_name="plan.pdf", content=PDF, on=TODAY,
        )  # fmt: skip
        if deleted:
            evidence.delete_evidence(self.database, kept.provider_id, kept.id, date.today())
        return f"/providers/{kept.provider_id}/evidence/{kept.id}{path}"

    def link_without_contact(self) -> str:
        """Return the path of a link of a provider that is in no network, so that nobody takes its concerns."""
        alone = add_provider(self.database, "Wren Support", made_up=True)
        return self.link(open_round(self.database, alone.id, SURVEY, on=TODAY))

    def flooded_link(self) -> str:
        """Return the path of a link of a round from which no more concerns are taken today."""
        of = self.open_round()
        contact, keys = concerns.safeguarding_contact(self.database, of), self.settings.keys()
        assert contact is not None
        for number in range(concerns.MOST_A_DAY):
            told = Told(f"Number {number}")
            concerns.raise_concern(self.database, keys, of, contact.reader_mark, token_hex(16), told, date.today())
        return self.begun_link(of)

    @property
    def journal_bytes(self) -> int:
        """Return the size of SQLite's write-ahead log, which holds rows in the order of their writing."""
        path = str(make_url(self.settings.database_url).database)
        return Path(f"{path}-wal").stat().st_size

    def questions(self, path: str) -> tuple[Question, ...]:
        """Return the questions behind a link, in order."""
        visit = answering.open_link(self.database, token_in(path))
        return visit.survey.questions_in(visit.round.length)

    def answers(self, path: str) -> dict[str, str]:
        """Return what is stored for a link: question's id → option's id."""
        response = answering.open_link(self.database, token_in(path)).response
        return dict(response.answers) if response else {}

    def sent_count(self, of: Round, audience: Audience = Audience.PERSON) -> int:
        with self.database.reading() as connection:
            return responses.submitted_counts(connection, of).get(audience, 0)

    def import_answers(self, of: Round, **counts: int) -> Imported:
        """Add sent responses to a short round: import_answers(of, person=12). The first standard goes best."""
        rows = [
            row(f"{audience} {number}", audience, _made_up_answers(number), SHORT_INDICATORS)
            for audience, count in counts.items()
            for number in range(count)
        ]
        path = write_csv(self.settings.home / f"{of.id}.csv", rows, SHORT_INDICATORS)
        return import_responses(self.database, self.settings.hash_key(), of.id, path, TODAY)


def _made_up_answers(number: int) -> dict[str, str]:
    """Return a respondent's answers, fewer of them "yes" from standard to standard."""
    return {
        indicator: "yes" if number % 10 >= place else ANSWERS[(number + place) % len(ANSWERS)]
        for place, indicator in enumerate(SHORT_INDICATORS)
    }


def token_in(path: str) -> str:
    return path.removeprefix("/a/").split("/")[0].split("?")[0]


@contextmanager
def served_site(home: Path, database_url: str, provider_count: int = 8, seed: int = 4) -> Iterator[ServedSite]:
    """Put a demonstration into a migrated database and serve it until the end."""
    settings = Settings(
        home=home, base_url=f"http://127.0.0.1:{free_port()}", DATABASE_URL=database_url,
        mail_server=SecretStr(NOBODY_S_MAIL_SERVER), mail_from="seat@example.org",
    )  # fmt: skip
    settings.make_keys()
    database = Database.at(database_url, settings.keys).acting_for(OPERATOR)
    sheet = add_demonstration(
        database,
        home=home,
        hash_password=hash_new_password(settings),
        provider_count=provider_count,
        people_count=None,
        seed=seed,
        on=TODAY,
    )
    lead, coordinator, checker, supporter, safeguarding = sheet.sign_ins
    administrator, auditor = (_sign_in(settings, database, role) for role in (Role.ADMINISTRATOR, Role.AUDITOR))
    opened = next(each for each, _ in all_rounds(database) if each.campaign_id is None)
    try:
        with served(settings):
            yield ServedSite(
                settings,
                database,
                lead,
                coordinator,
                opened,
                (checker, supporter),
                safeguarding,
                administrator,
                auditor,
            )
    finally:
        database.close()


def _sign_in(settings: Settings, database: Database, role: Role) -> SignIn:
    """Add somebody whom a demonstration does not have."""
    email, password = f"{role}@demo.example", token_hex(12)
    held = Membership(role, INSTALLATION)
    accounts.add_account(database, email, hash_new_password(settings)(password), [held])
    return SignIn(role, email, password)


@contextmanager
def served(settings: Settings) -> Iterator[None]:
    environment = {
        **os.environ,
        "DRIVING_SEAT_HOME": str(settings.home),
        "DRIVING_SEAT_BASE_URL": settings.base_url,
        "DRIVING_SEAT_LOG_LEVEL": "ERROR",
        "DRIVING_SEAT_MAIL_SERVER": settings.mail_server.get_secret_value(),
        "DRIVING_SEAT_MAIL_FROM": settings.mail_from,
        "DATABASE_URL": settings.database_url,
    }
    port = settings.base_url.rpartition(":")[2]
    with subprocess.Popen(
        [DRIVING_SEAT, "serve", "--port", port], env=environment, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        try:
            said = process.stdout.readline()  # it says so when the port is open, and nothing before
            if "is ready at" not in said:
                raise RuntimeError("the server did not start")
            yield
        finally:
            process.terminate()
            process.wait(SECONDS_TO_STOP)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
