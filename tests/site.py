"""The whole application on a database of its own, with two providers, a network and somebody for each role."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import html5lib
from flask import Flask
from flask.testing import FlaskClient
from flask_security import hash_password
from lxml import etree
from lxml.cssselect import CSSSelector
from werkzeug.test import TestResponse

from app.organisations import Membership, Network, Provider, Role
from app.responses import Response, ResponseState, Round
from app.services import accounts, answering
from app.services.closing import close_round
from app.services.inviting import invite
from app.services.networking import close_campaign, open_campaign
from app.services.organising import add_network, add_provider, join_network
from app.services.publishing import survey_of
from app.services.rounds import all_rounds, open_round
from app.standards import Audience
from app.storage import Database, responses
from app.storage.rounds import Campaign
from app.surveys import Edition, Length, Survey
from app.web import create_app
from config import Settings
from tests.days import TODAY

SURVEY = "personalised-support"
PASSWORD = "correct horse battery staple"
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

    def sign_in(self, email: str) -> "Visitor":
        answered = self.fill_in("/sign-in", {"email": email, "password": PASSWORD})
        assert answered.status == 302, answered.said
        return self


@dataclass
class Site:
    """people: e-mail address by role."""

    app: Flask
    database: Database
    provider: Provider
    other_provider: Provider
    network: Network
    people: dict[str, str] = field(default_factory=dict)

    def close(self) -> None:
        self.database.close()
        self.app.extensions["driving_seat_database"].close()

    def visitor(self, who: str | None = None) -> Visitor:
        found = Visitor(self.app)
        return found.sign_in(self.people[who]) if who else found

    def open_round(self, length: Length = Length.SHORT) -> Round:
        return open_round(self.database, self.provider.id, SURVEY, length=length, on=TODAY)

    def link(self, of: Round, audience: Audience = Audience.PERSON) -> str:
        (made,) = invite(self.database, of.id, audience, 1)
        return f"/a/{made.token}"

    def begun_link(self, of: Round, edition: Edition = Edition.STANDARD) -> str:
        path = self.link(of)
        answering.start(self.database, path.removeprefix("/a/"), edition, "en")
        return path

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

    def round_in(self, campaign: Campaign) -> Round:
        return all_rounds(self.database, provider_id=self.provider.id, campaign_id=campaign.id)[0][0]


def make_site(folder: Path, url: str) -> Site:
    settings = Settings(home=folder, DATABASE_URL=url, secret_key="k" * 40, log_level="ERROR")
    app = create_app(settings)
    database = Database.at(url)
    mine, other = (add_provider(database, name) for name in ("Bramble Way Support", "Rowan Lane Support"))
    network = add_network(database, "Small supports of the north")
    for provider in (mine, other, *(add_provider(database, f"Member {number}") for number in range(5))):
        join_network(database, network.id, provider.id)
    site = Site(app, database, mine, other, network)
    with app.app_context():
        hashed = str(hash_password(PASSWORD))
    for who, membership in {
        "lead": Membership(Role.LEAD, mine.id),
        "other lead": Membership(Role.LEAD, other.id),
        "coordinator": Membership(Role.COORDINATOR, network.id),
        "other coordinator": Membership(Role.COORDINATOR, add_network(database, "Elsewhere").id),
    }.items():
        site.people[who] = f"{who.replace(' ', '-')}@example.org"
        accounts.add_account(database, site.people[who], hashed, [membership])
    return site


def _response(survey: Survey, of: Round, audience: Audience, option: str) -> Response:
    answers = {question.id: option for question in survey.questions_in(of.length)}
    return Response(audience, Edition.STANDARD, "en", None, ResponseState.SUBMITTED, answers)
