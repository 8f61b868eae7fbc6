"""What the screens for typing in show: one row for everything that can be ticked in a booklet, in its order."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from werkzeug.datastructures import MultiDict

from app.responses import AnsweredHow, ConsentGiven, Round, Supporter
from app.responses.paper import CONSENT, EDITION, HOW, KNOWN, LANGUAGE, WAYS, WHO, WHY, WITNESS, Reading, joined
from app.services.booklets import printed_questions
from app.standards import LANGUAGES, Audience
from app.surveys import Edition, Survey
from app.web.answer import choices
from app.web.answer.choices import Choice
from app.web.paper.forms import EDITIONS

NOTHING = "Nothing ticked"


@dataclass(frozen=True, slots=True)
class Box:
    """A box of the booklet. number: what stands beside it."""

    number: int
    value: str
    label: str


@dataclass(frozen=True, slots=True)
class Row:
    """One thing that is asked.

    chosen: the values of its ticked boxes. only_when: (name, values) of the row on which it depends, values with
    spaces between; empty when it always counts. language: of its words.
    """

    name: str
    title: str
    boxes: tuple[Box, ...]
    chosen: tuple[str, ...]
    takes_several: bool = False
    only_when: tuple[str, str] = ("", "")
    language: str = "en"

    @property
    def words(self) -> str:
        return self.words_of(" ".join(self.chosen))

    def words_of(self, value: str) -> str:
        """Return a reading of this row as a person says it."""
        values = value.split()
        return ", ".join(box.label for box in self.boxes if box.value in values) or NOTHING


def rows_of(of: Round, audience: Audience, survey: Survey, reading: Reading) -> tuple[Row, ...]:
    """Return the rows of a booklet. survey: in the booklet's language. reading: what was typed so far."""
    edition = Edition(reading[EDITION])
    asked = [
        Row(each.id, f"{each.number}. {each.stem}", tuple(Box(o.number, o.id, o.label) for o in each.options),
            _values(reading, each.id), language=survey.language)
        for each in printed_questions(survey, of, audience, edition)
    ]  # fmt: skip
    return (*_rows_before(audience, reading), *asked)


def kind_rows(reading: Reading) -> tuple[Row, ...]:
    """Return what a booklet's code or its reader says of its kind, which two people may have chosen differently."""
    editions = tuple(Box(number, each, label) for number, (each, label) in enumerate(EDITIONS.items(), start=1))
    languages = tuple(Box(number, each, label) for number, (each, label) in enumerate(LANGUAGES.items(), start=1))
    return (
        Row(EDITION, "Edition", editions, _values(reading, EDITION)),
        Row(LANGUAGE, "Language", languages, _values(reading, LANGUAGE)),
    )


def reading_from(form: MultiDict[str, str], names: Iterable[str]) -> dict[str, str]:
    """Return what was posted for these names; of several boxes, their values together."""
    found = {name: joined({value for value in form.getlist(name) if value}) for name in names}
    return {name: value for name, value in found.items() if value}


def settled_from(form: MultiDict[str, str], unsettled: Iterable[str]) -> dict[str, str]:
    """Return which reading was found right, where one was chosen; an empty one is a reading too."""
    posted = {name: form.get(f"settled-{name}") for name in unsettled}
    return {name: value for name, value in posted.items() if value is not None}


def names_of(rows: Sequence[Row]) -> tuple[str, ...]:
    return (EDITION, LANGUAGE, *(row.name for row in rows))


def _rows_before(audience: Audience, reading: Mapping[str, str]) -> tuple[Row, ...]:
    """Return the rows before the questions; an organisation is not asked who helped."""
    spoken = (CONSENT, ConsentGiven.SPOKEN.value)
    helped, on_behalf = (HOW, AnsweredHow.HELPED.value), (HOW, AnsweredHow.ON_BEHALF.value)
    with_somebody = (HOW, f"{AnsweredHow.HELPED} {AnsweredHow.ON_BEHALF}")

    def row(name: str, title: str, offered: Iterable[Choice], only_when: tuple[str, str] = ("", "")) -> Row:
        boxes = tuple(Box(number, each.id, str(each.label)) for number, each in enumerate(offered, start=1))
        return Row(name, title, boxes, _values(reading, name), name in (WHO, WAYS, KNOWN), only_when)

    first = (
        row(CONSENT, "Do they want to take part?", choices.consents(audience)),
        row(WITNESS, "Who heard or saw them say yes?", choices.WITNESSES, spoken),
        row(HOW, "Do they answer by themselves?", choices.HOW[audience]),
    )
    if audience is Audience.PROVIDER:
        return first
    return (
        *first,
        row(WHO, "Who helps, or answers for them?", _SUPPORTERS, with_somebody),
        row(WAYS, "How do they help?", choices.WAYS, helped),
        row(WHY, "Why does somebody answer for them?", choices.WHY, on_behalf),
        row(KNOWN, "How are their views known?", choices.KNOWN, on_behalf),
    )


_SUPPORTERS = tuple(
    Choice(each.value, label)
    for each, label in {
        Supporter.FAMILY: "Family",
        Supporter.FRIEND: "A friend",
        Supporter.ADVOCATE: "An advocate",
        Supporter.PAID_STAFF: "Paid staff",
        Supporter.INTERPRETER: "An interpreter",
        Supporter.SOMEONE_ELSE: "Someone else",
    }.items()
)


def _values(reading: Mapping[str, str], name: str) -> tuple[str, ...]:
    return tuple(reading.get(name, "").split())
