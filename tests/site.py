"""The whole application on a database of its own, with two providers, a network and somebody for each role."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from secrets import token_hex
from typing import Any

import html5lib
from flask import Flask
from flask.testing import FlaskClient
from flask_security import hash_password
from lxml import etree
from lxml.cssselect import CSSSelector
from werkzeug.test import TestResponse

from app.library.whole_files import put_whole
from app.organisations import (
    INSTALLATION,
    NEEDS_SECOND_FACTOR,
    OPERATOR,
    Contact,
    ContactKind,
    Membership,
    Network,
    Provider,
    Role,
)
from app.organisations.evidence import Evidence, Label
from app.outgoing import Caller
from app.responses import SUGGESTED_PURPOSE, LawfulBasis, Purpose, Response, ResponseState, Round, Told
from app.responses.visit import Declared, Visit
from app.services import (
    accounts,
    answering,
    concerns,
    contacts,
    evidence,
    inviting_colleagues,
    joining_networks,
    sharing,
    signing_on,
    sites,
    visiting,
)
from app.services.closing import close_round
from app.services.evidence import MEGABYTE
from app.services.inviting import invite
from app.services.inviting_colleagues import Office
from app.services.networking import close_campaign, open_campaign
from app.services.organising import add_network, add_provider, join_network
from app.services.publishing import published_surveys, survey_of
from app.services.recordings import keep_recording, texts_of
from app.services.rounds import all_rounds, open_round
from app.services.speaking import sound_name
from app.standards import Audience
from app.storage import Database, responses
from app.storage import accounts as stored_accounts
from app.storage import concerns as stored_concerns
from app.storage.keys import new_id
from app.storage.rounds import Campaign
from app.surveys import Edition, Length, Survey
from app.surveys.spoken import Place, SpokenText, text_sha256
from app.web import create_app
from config import Settings
from tests.days import TODAY
from tests.evidence_files import PDF
from tests.sounds import mp3

SURVEY = "personalised-support"
PASSWORD = "correct horse battery staple"
TABLET = "5" * 64
WHY = Purpose(SUGGESTED_PURPOSE, LawfulBasis.LEGITIMATE_INTERESTS)
CSRF = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')


@dataclass
class Page:
    """An answered request, parsed as a browser parses it."""

    response: TestResponse

    @property
    def status(self) -> int:
        return self.response.status_code

    @cached_property
    def text(self) -> str:
        return self.response.get_data(as_text=True)

    @cached_property
    def tree(self) -> Any:
        return html5lib.parse(self.text, treebuilder="lxml", namespaceHTMLElements=False)

    def select(self, selector: str) -> list[Any]:
        return list(CSSSelector(selector)(self.tree))

    def words(self, selector: str) -> list[str]:
        return [" ".join("".join(each.itertext()).split()) for each in self.select(selector)]

    @property
    def title(self) -> str:
        return self.words("title")[0]

    @property
    def said(self) -> str:
        return " ".join(self.words("main"))

    def source(self) -> str:
        return etree.tostring(self.tree, encoding="unicode")


class Visitor:
    """Somebody with a browser."""

    def __init__(self, app: Flask) -> None:
        self.client: FlaskClient = app.test_client()

    def get(self, path: str, **extra: Any) -> Page:
        return Page(self.client.get(path, **extra))

    def post(self, path: str, form: Mapping[str, Any] | None = None, **extra: Any) -> Page:
        return Page(self.client.post(path, data=dict(form or {}), **extra))

    def fill_in(self, path: str, form: Mapping[str, Any] | None = None, to: str | None = None) -> Page:
        """Open a page, take its form's token, and send the form."""
        token = CSRF.search(self.get(path).text)
        return self.post(to or path, {"csrf_token": token.group(1) if token else "", **(form or {})})

    def fill_in_whole(self, path: str, form: Mapping[str, Any]) -> Page:
        """Open a page and send its main form with everything hidden in it."""
        hidden = self.get(path).select("main form[novalidate] input[type=hidden]")
        return self.post(path, {**{each.get("name"): each.get("value", "") for each in hidden}, **form})

    def again(self) -> "Visitor":
        """Return the same person, signed in if they are, in a browser of its own that has seen nothing yet."""
        found = Visitor(self.client.application)
        found.client.environ_base = dict(self.client.environ_base)
        session = self.client.get_cookie("session")
        if session:
            found.client.set_cookie(session.key, session.value)
        return found

    def sign_in(self, email: str) -> "Visitor":
        answered = self.fill_in("/sign-in", {"email": email, "password": PASSWORD})
        assert answered.status == 302, answered.said
        if answered.response.headers["Location"].startswith("/sign-in/code"):
            answered = self.fill_in("/sign-in/code", {"code": code_of_app(self.client.application, email)})
            assert answered.status == 302, answered.said
        return self


def code_of_app(app: Flask, email: str) -> str:
    """Return the code that somebody's app shows now, as if none had been used before."""
    library = app.extensions["security"]
    with app.app_context():
        account = library.datastore.find_user(email=email)
        account.tf_last_counter = None
        library.datastore.commit()
        return str(library.totp_factory.generate_totp_password(account.tf_totp_secret))


def set_up_app(app: Flask, email: str) -> None:
    """Give somebody an app that makes codes."""
    library = app.extensions["security"]
    with app.app_context():
        account = library.datastore.find_user(email=email)
        library.datastore.tf_set(account, "authenticator", library.totp_factory.generate_totp_secret())
        library.datastore.commit()


@dataclass
class Site:
    """people: e-mail address by role. contact: who takes the concerns of the network's providers.

    language: what its visitors' browsers ask for, and the respondents read.
    """

    app: Flask
    database: Database
    provider: Provider
    other_provider: Provider
    network: Network
    contact: Contact
    people: dict[str, str] = field(default_factory=dict)
    language: str = "en"

    @property
    def settings(self) -> Settings:
        found: Settings = self.app.extensions["driving_seat_settings"]
        return found

    def close(self) -> None:
        self.database.close()
        self.app.extensions["driving_seat_database"].close()

    def visitor(self, who: str | None = None) -> Visitor:
        found = Visitor(self.app)
        found.client.environ_base["HTTP_ACCEPT_LANGUAGE"] = self.language
        return found.sign_in(self.people[who]) if who else found

    def account_id(self, who: str) -> int:
        with self.database.reading() as connection:
            return stored_accounts.id_of(connection, self.people[who]) or 0

    def network_invitation(self) -> str:
        """Invite a provider into the network, and return the link's secret."""
        return joining_networks.invite_provider(self.database, self.network.id, token_hex(8), "A friend", date.today())

    def invite_colleague(self, into: Membership, email: str = "jo.bell@example.org") -> str:
        """Invite somebody into a role, and return the invitation's id."""
        office = Office(self.settings.keys(), self.settings.hash_key(), self.settings.base_url)
        invited, _ = inviting_colleagues.invite(self.database, office, token_hex(8), email, into, date.today())
        return invited.id

    def open_round(self, length: Length = Length.SHORT, purpose: Purpose = WHY, last_on: date | None = None) -> Round:
        return open_round(
            self.database, self.provider.id, SURVEY, length=length, on=TODAY, purpose=purpose, last_on=last_on
        )

    def add_site(self, name: str = "") -> str:
        """Add a site of the provider, and return its id."""
        return sites.add_site(self.database, self.provider.id, name or f"Maple House {token_hex(3)}").id

    def link(self, of: Round, audience: Audience = Audience.PERSON) -> str:
        (made,) = invite(self.database, of.id, audience, 1)
        return f"/a/{made.token}"

    def begun_link(self, of: Round, edition: Edition = Edition.STANDARD) -> str:
        path = self.link(of)
        answering.start(self.database, path.removeprefix("/a/"), edition, self.language)
        return path

    def shared_token(self) -> str:
        """Return the secret that opens a result which its respondent shares."""
        token = self.begun_link(self.open_round()).removeprefix("/a/")
        answering.submit(self.database, token, TODAY)
        return sharing.share(self.database, token, sharing.SharedWith.FAMILY, sharing.HowLong.A_MONTH, date.today())

    def begun(self, of: Round, edition: Edition = Edition.STANDARD) -> tuple[str, "Visitor"]:
        """Return a link with which somebody began, and the browser in which they did."""
        path, visitor = self.begun_link(of, edition), self.visitor()
        visitor.post(f"{path}/is-this-you", {"is_me": "yes"})
        return path, visitor

    def add_responses(self, of: Round, audience: Audience, options: list[str]) -> None:
        survey = survey_of(self.database, of)
        rows = [
            (f"{of.id}-{audience}-{number:04}-".ljust(64, "0"), _response(survey, of, audience, option))
            for number, option in enumerate(options)
        ]
        with self.database.writing() as connection:
            responses.add_submitted(connection, of, rows, TODAY)

    def closed_round(self) -> Round:
        of = self.open_round()
        self.add_responses(of, Audience.PERSON, ["yes", "yes", "sometimes", "no", "yes", "dont_know", "sometimes"])
        self.add_responses(of, Audience.FAMILY, ["no", "sometimes"])
        self.add_responses(of, Audience.PROVIDER, ["yes"])
        close_round(self.database, of.id, TODAY)
        return of

    def campaign(self, *, closed: bool) -> Campaign:
        """A campaign in which seven providers rated themselves."""
        opened = open_campaign(self.database, self.network.id, SURVEY, length=Length.SHORT, on=TODAY)
        for number, (each, _) in enumerate(all_rounds(self.database, campaign_id=opened.id)):
            self.add_responses(each, Audience.PROVIDER, [("yes", "sometimes", "no")[number % 3]])
        if closed:
            close_campaign(self.database, opened.id, TODAY)
        return opened

    def tell(self, of: Round, words: str = "He shouts at night.", reach: str = "") -> str:
        """Tell the contact about a worry, and return the concern's id."""
        keys, told, mark = self.settings.keys(), Told(words, reach), self.contact.reader_mark
        reference = concerns.raise_concern(self.database, keys, of, mark, token_hex(16), told, TODAY)
        with self.database.reading() as connection:
            ids = [each.concern.id for each in stored_concerns.sent_to(connection, [self.contact.id])]
        return next(each for each in ids if concerns.reference_of(each) == reference)

    def speak(self, text: str, language: str = "en", sound: bytes = b"") -> str:
        """Put a machine's voice where the generator puts it, and return the name of its file."""
        name = sound_name(text_sha256(language, text))
        put_whole(self.settings.audio / language / name, sound or mp3())
        return name

    def record(self, spoken_by: str = "Sam") -> SpokenText:
        """Record the first question to a person, in the standard edition, for the network, and return its text."""
        asked = texts_of(published_surveys(self.database)[0])
        text = next(each for each in asked if each.place is Place.QUESTION)
        keep_recording(
            self.database, self.settings.recordings, self.network.id, "en", text.sha256,
            content=mp3(), spoken_by=spoken_by,
        )  # fmt: skip
        return text

    def keep_evidence(self) -> Evidence:
        """Keep a file of the provider, as its lead would."""
        store = evidence.Store(self.settings.evidence, self.settings.keys(), MEGABYTE, MEGABYTE)
        return evidence.add_evidence(
            self.database, store, self.provider.id, new_id(), Label("How we plan"),
            file_name="plan.pdf", content=PDF, on=TODAY,
        )  # fmt: skip

    def sign_on(self) -> str:
        """Let the network sign in at an identity provider that is never called, and return its id."""
        client = signing_on.Client("https://127.0.0.1", "driving-seat", "secret")
        made = signing_on.set_sign_on(
            self.database, self.settings.keys(), Caller(), self.network.id, client,
            name="Northern Housing", is_second_factor=False,
        )  # fmt: skip
        return made.id

    def visit(self, of: Round | None = None, *, declared: bool = True, begun: bool = False) -> Visit:
        """Plan a visit of the two checkers. declared: that they have no ties. begun: and one tablet is ready."""
        pair = tuple(visiting.checkers_of(self.database, self.network.id))
        planned = visiting.plan_visit(self.database, self.network.id, (of or self.open_round()).id, pair, TODAY)
        for account_id in pair if declared or begun else ():
            visiting.declare(self.database, planned.id, account_id, Declared.NONE, "")
        if begun:
            visiting.register_device(self.database, planned.id, pair[0], "Blue tablet", TABLET)
        return visiting.view_of(self.database, planned.id).visit

    def round_in(self, campaign: Campaign) -> Round:
        return all_rounds(self.database, provider_id=self.provider.id, campaign_id=campaign.id)[0][0]


def make_site(folder: Path, url: str, **given: Any) -> Site:
    fixed = {"secret_key": "k" * 40, "log_level": "ERROR", "security_contact": "mailto:security@example.org"}
    settings = Settings(home=folder, DATABASE_URL=url, **{**fixed, **given})
    app = create_app(settings)
    database = Database.at(url, settings.keys).acting_for(OPERATOR)
    mine, other = (add_provider(database, name) for name in ("Bramble Way Support", "Rowan Lane Support"))
    network = add_network(database, "Small supports of the north")
    for provider in (mine, other, *(add_provider(database, f"Member {number}") for number in range(5))):
        join_network(database, network.id, provider.id)
    elsewhere = add_network(database, "Elsewhere")
    with app.app_context():
        hashed = str(hash_password(PASSWORD))
    people = {}
    for who, membership in {
        "lead": Membership(Role.LEAD, mine.id),
        "other lead": Membership(Role.LEAD, other.id),
        "coordinator": Membership(Role.COORDINATOR, network.id),
        "other coordinator": Membership(Role.COORDINATOR, elsewhere.id),
        "safeguarding": Membership(Role.SAFEGUARDING, network.id),
        "checker": Membership(Role.CHECKER, network.id),
        "second checker": Membership(Role.CHECKER, network.id),
        "other checker": Membership(Role.CHECKER, elsewhere.id),
        "other safeguarding": Membership(Role.SAFEGUARDING, elsewhere.id),
        "contributor": Membership(Role.CONTRIBUTOR, mine.id),
        "other contributor": Membership(Role.CONTRIBUTOR, other.id),
        "member": Membership(Role.MEMBER, mine.id),
        "other member": Membership(Role.MEMBER, other.id),
        "editor": Membership(Role.EDITOR, INSTALLATION),
        "administrator": Membership(Role.ADMINISTRATOR, INSTALLATION),
        "auditor": Membership(Role.AUDITOR, INSTALLATION),
    }.items():
        people[who] = f"{who.replace(' ', '-')}@example.org"
        accounts.add_account(database, people[who], hashed, [membership])
        if membership.role in NEEDS_SECOND_FACTOR:
            set_up_app(app, people[who])
    return Site(app, database, mine, other, network, _contact(database, network, people["safeguarding"]), people)


def _contact(database: Database, network: Network, email: str) -> Contact:
    account_id = contacts.account_for(database, network.id, email)
    contact = Contact(
        new_id(), network.id, ContactKind.SAFEGUARDING, "Jo Bell", "01632 960001", "Works for the council.", account_id
    )
    return contacts.add_contact(database, contact)


def _response(survey: Survey, of: Round, audience: Audience, option: str) -> Response:
    answers = {question.id: option for question in survey.questions_in(of.length)}
    return Response(audience, Edition.STANDARD, "en", None, ResponseState.SUBMITTED, answers)
