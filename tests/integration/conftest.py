"""A provider with an open round, and ways to fill it."""

from collections.abc import Callable
from datetime import date

import pytest

from app.organisations import Provider
from app.responses import ProviderView, Round
from app.services import answering
from app.services.inviting import invite
from app.services.organising import add_provider
from app.services.rounds import open_round
from app.standards import Audience
from app.storage import Database
from app.surveys import Edition, Length
from tests.days import TODAY

SURVEY = "personalised-support"
AnswerAll = Callable[..., list[str]]


@pytest.fixture
def provider(database: Database) -> Provider:
    return add_provider(database, "Bramble Way Support", {"years_using_isf": "7"})


@pytest.fixture
def round_(database: Database, provider: Provider) -> Round:
    return open_round(database, provider.id, SURVEY, on=TODAY)


@pytest.fixture
def staff_round(database: Database, provider: Provider) -> Round:
    return open_round(database, provider.id, SURVEY, on=TODAY, provider_view=ProviderView.STAFF)


@pytest.fixture
def short_round(database: Database, provider: Provider) -> Round:
    return open_round(database, provider.id, SURVEY, on=TODAY, length=Length.SHORT)


@pytest.fixture
def answer_all(database: Database) -> AnswerAll:
    """Invite people, let each answer every question, and send it. Returns their links' secrets."""

    def answer(of: Round, audience: Audience, options: list[str], on: date = TODAY) -> list[str]:
        links = invite(database, of.id, audience, len(options))
        for link, option in zip(links, options, strict=True):
            answering.start(database, link.token, Edition.STANDARD, "en")
            visit = answering.open_link(database, link.token)
            for question in visit.survey.questions_in(of.length):
                answering.record_answer(database, link.token, question.id, option)
            answering.submit(database, link.token, on)
        return [link.token for link in links]

    return answer
