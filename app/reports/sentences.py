"""What a report says first, in whole sentences: each audience on its own, never blended."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from app.reports.model import AudienceName, GapResult, SpreadResult, StandardResult, Withholding

MANY_DO_NOT_KNOW_ABOVE: Final = 0.25
_MOST_NAMES: Final = 3

Titles = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Voice:
    """How a sentence names an audience. name: in mid-sentence ("people"); is_one: whether it is one agreed voice."""

    name: str
    is_one: bool = False

    @property
    def says(self) -> str:
        return f"{_capital(self.name)} {'says' if self.is_one else 'say'}"


PEOPLE: Final = Voice("people")
FAMILIES: Final = Voice("families")
STAFF: Final = Voice("staff")
PROVIDERS: Final = Voice("providers")
THE_PROVIDER: Final = Voice("the provider", is_one=True)


def view_sentence(voice: Voice, points: Mapping[str, int], titles: Titles) -> str:
    """Say which standards are going best and which to talk about. points: of those that can be shown, at least one.

    Standards tie when they show the same whole number.
    """
    highest, lowest = max(points.values()), min(points.values())
    best = [id_ for id_ in titles if points.get(id_) == highest]
    if highest == lowest:
        if len(best) == 1:
            return f"{voice.says} how {_names(best, titles)} is going; nothing else can be shown."
        return f"{voice.says} {_names_or_count(best, titles)} are going equally well."
    worst = [id_ for id_ in titles if points.get(id_) == lowest]
    to_talk_about = "is the one" if len(worst) == 1 else "are the ones"
    going = "is" if len(best) == 1 else "are"
    return (
        f"{voice.says} {_names_or_count(best, titles)} {going} going best. "
        f"{_capital(_names_or_count(worst, titles))} {to_talk_about} to talk about."
    )


def withheld_sentence(voice: Voice, reasons: Iterable[Withholding]) -> str:
    """Say why nothing of an audience's view can be shown. Nobody is not told apart from a few."""
    found = set(reasons)
    if voice.is_one:
        return f"{_capital(voice.name)} has not given its own view."
    if "too_few" in found:
        return f"Too few {voice.name} have answered to show their view."
    if found == {"no_answers"}:
        return f"{_capital(voice.name)} gave no answer that counts towards a score."
    return f"The view of {voice.name} cannot be shown without giving single answers away."


def dont_know_sentence(voice: Voice, standards: Mapping[str, StandardResult], titles: Titles) -> str | None:
    """Say what more than a quarter of the answers are "I don't know" to: a finding of its own."""
    unknown = [id_ for id_ in titles if (standards[id_].dont_know_share or 0) > MANY_DO_NOT_KNOW_ABOVE]
    if not unknown:
        return None
    names = _names(unknown, titles)
    if voice.is_one:
        return f"{_capital(voice.name)} does not know enough about {names}."
    return f"Many {voice.name} do not know about {names}."


def gap_sentence(first: Voice, second: Voice, gaps: Mapping[str, GapResult], titles: Titles) -> str | None:
    """Name the standards that two audiences see so differently that chance does not explain it.

    Of more than three, the widest three are named and all are counted.
    """
    apart = [id_ for id_ in titles if gaps[id_].talk_about_this]
    if not apart:
        return None
    if len(apart) > _MOST_NAMES:
        widest = sorted(apart, key=lambda id_: -abs(gaps[id_].points or 0))[:_MOST_NAMES]
        return (
            f"{_capital(first.name)} and {second.name} see {len(apart)} standards very differently, most of all "
            f"{_names(widest, titles)}: talk about these together."
        )
    these = "this" if len(apart) == 1 else "these"
    return (
        f"{_capital(first.name)} and {second.name} see {_names(apart, titles)} very differently: talk about {these} "
        "together."
    )


def audience_sentences(
    voices: Mapping[AudienceName, Voice], views: Mapping[AudienceName, Mapping[str, StandardResult]], titles: Titles
) -> list[str]:
    """Return what each audience says and does not know, one audience after the other."""
    sentences = []
    for audience, voice in voices.items():
        standards = views[audience]
        points = {id_: result.score for id_, result in standards.items() if result.score is not None}
        reasons = [result.withheld for result in standards.values() if result.withheld is not None]
        sentences.append(view_sentence(voice, points, titles) if points else withheld_sentence(voice, reasons))
        unknown = dont_know_sentence(voice, standards, titles)
        sentences.extend([unknown] if unknown else [])
    return sentences


def network_sentence(voice: Voice, spreads: Mapping[str, SpreadResult], titles: Titles) -> str:
    """Say where an audience's middle scores are highest and lowest across the network."""
    medians = {id_: spread.median for id_, spread in spreads.items() if spread.median is not None}
    if medians:
        said = view_sentence(voice, medians, titles)
        return f"Across the network, {said[0].lower()}{said[1:]}"
    return f"Too few providers have results to show the view of {voice.name} across the network."


def _names(standard_ids: Sequence[str], titles: Titles) -> str:
    quoted = [f"“{titles[id_]}”" for id_ in standard_ids]
    return quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} and {quoted[-1]}"


def _names_or_count(standard_ids: Sequence[str], titles: Titles) -> str:
    many = len(standard_ids) > _MOST_NAMES
    return f"{len(standard_ids)} standards" if many else _names(standard_ids, titles)


def _capital(text: str) -> str:
    return text[0].upper() + text[1:]
