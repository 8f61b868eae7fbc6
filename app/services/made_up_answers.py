"""Made-up providers and answers: chance around a quality that grows with the years of Individual Service Funds."""

from collections.abc import Mapping
from dataclasses import dataclass
from random import Random

from app.responses import AnsweredHow, Help, Response, ResponseState, Support, Supporter, ViewsKnown, WhyOnBehalf
from app.standards import Audience
from app.surveys import Edition, Length, Question, Survey

_FIRST = (
    "Alder", "Amber", "Ash", "Beacon", "Birch", "Bramble", "Bridge", "Brook", "Cedar", "Chapel", "Clover", "Dale",
    "Dove", "Elm", "Fern", "Field", "Ford", "Gate", "Hawthorn", "Hazel", "Heather", "Hill", "Holly", "Ivy", "Juniper",
    "Lark", "Linden", "Maple", "Meadow", "Mill", "Moor", "Oak", "Orchard", "Poplar", "River", "Rowan", "Sorrel",
    "Thistle", "Willow", "Wren",
)  # fmt: skip
_SECOND = ("Way", "House", "Lane", "Circle", "Path", "Place", "Green", "Court")
_KIND = ("Support", "Lives", "Together", "Care and Support", "Partnership")
_REGIONS = ("North East", "North West", "Yorkshire", "Midlands", "London", "South East", "South West")
_COUNTRIES = ("England", "England", "England", "England", "Scotland", "Wales", "Northern Ireland")
_LEAN: Mapping[str, float] = {
    "S01": 0.10, "S02": 0.04, "S03": -0.02, "S04": 0.08, "S05": -0.08,
    "S06": -0.04, "S07": -0.16, "S08": 0.06, "S09": -0.02, "S10": -0.12,
}  # fmt: skip
_VIEW: Mapping[Audience, float] = {Audience.PERSON: 0.0, Audience.FAMILY: -0.05, Audience.PROVIDER: 0.14}
_OWN_LEAN = 0.09
_SUPPORTERS: Mapping[Supporter, int] = {
    Supporter.PAID_STAFF: 80,
    Supporter.FAMILY: 20,
    Supporter.ADVOCATE: 8,
    Supporter.FRIEND: 6,
    Supporter.INTERPRETER: 4,
}
_WELSH_IN_WALES = 0.35


@dataclass(frozen=True, slots=True)
class MadeUpProvider:
    """An invented provider. quality: in [0, 1], how far its support is what personalised support is."""

    name: str
    quality: float
    lean: Mapping[str, float]
    people_count: int
    family_count: int
    context: Mapping[str, str]


def made_up_providers(chance: Random, count: int, people_count: int | None) -> list[MadeUpProvider]:
    return [_provider(chance, number, people_count) for number in range(count)]


def made_up_responses(chance: Random, of: MadeUpProvider, survey: Survey, length: Length) -> list[Response]:
    """Return what its people, families and the provider itself answer."""
    counts = {Audience.PERSON: of.people_count, Audience.FAMILY: of.family_count, Audience.PROVIDER: 1}
    return [_response(chance, of, audience, survey, length) for audience, count in counts.items() for _ in range(count)]


def _provider(chance: Random, number: int, people_count: int | None) -> MadeUpProvider:
    name = f"{_FIRST[number % 40]} {_SECOND[number // 40 % 8]} {_KIND[(number * 7 + number // 40) % 5]}"
    years = 0 if chance.random() < 0.3 else min(20, 1 + int(chance.expovariate(1 / 6)))
    quality = min(0.95, max(0.1, 0.38 + 0.022 * years + chance.gauss(0, 0.10)))
    asked = people_count or chance.choice((3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 16, 24, 30))
    supported = max(asked, int(asked * chance.uniform(1.1, 4)))
    context = {
        "years_using_isf": str(years),
        "people_supported": str(supported),
        "people_with_individual_budget": str(round(supported * min(1.0, 0.1 + years * 0.06))),
        "country": chance.choice(_COUNTRIES),
        "region": chance.choice(_REGIONS),
    }
    lean = {standard: value + chance.gauss(0, _OWN_LEAN) for standard, value in _LEAN.items()}
    return MadeUpProvider(f"{name} (made up)", quality, lean, asked, max(1, round(asked * 0.7)), context)


def _response(chance: Random, of: MadeUpProvider, audience: Audience, survey: Survey, length: Length) -> Response:
    mood = chance.gauss(0, 0.10)
    answers = {}
    for question in survey.questions_in(length):
        level = of.quality + of.lean.get(question.standard_id, 0) + _VIEW[audience] + mood
        answer = _answer(chance, question, audience, level)
        if answer is not None:
            answers[question.id] = answer
    is_person = audience is Audience.PERSON
    how = _answered_how(chance) if is_person else AnsweredHow.SELF
    language = "cy" if of.context["country"] == "Wales" and chance.random() < _WELSH_IN_WALES else survey.language
    return Response(
        audience=audience,
        edition=Edition.EASY_READ if is_person and chance.random() < 0.6 else Edition.STANDARD,
        language=language,
        answered_how=how,
        state=ResponseState.SUBMITTED,
        answers=answers,
        support=None if how is AnsweredHow.SELF else _support(chance, how),
        translated={} if language == survey.language else dict.fromkeys(answers, language),
    )


def _answer(chance: Random, question: Question, audience: Audience, level: float) -> str | None:
    drawn = chance.random()
    if audience is not Audience.PROVIDER:
        if question.may_be_not_applicable and drawn < 0.05:
            return "not_applicable"
        if drawn < (0.22 if question.standard_id == "S07" else 0.07):
            return "dont_know"
        if drawn > 0.98:
            return "prefer_not"
        if drawn > 0.97:
            return None
    height = level + chance.gauss(0, 0.22)
    return "yes" if height > 0.62 else "sometimes" if height > 0.34 else "no"


def _support(chance: Random, how: AnsweredHow) -> Support | None:
    """Draw who helped, which one in twelve does not say."""
    if chance.random() < 1 / 12:
        return None
    who = frozenset(chance.choices(list(_SUPPORTERS), weights=list(_SUPPORTERS.values())))
    if how is AnsweredHow.ON_BEHALF:
        return Support(who, why=chance.choice(list(WhyOnBehalf)), known=frozenset([chance.choice(list(ViewsKnown))]))
    return Support(who, frozenset(way for way in Help if chance.random() < 0.45))


def _answered_how(chance: Random) -> AnsweredHow:
    return chance.choices(list(AnsweredHow), weights=(45, 42, 13))[0]
