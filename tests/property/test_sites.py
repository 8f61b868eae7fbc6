"""Sites: no two results ever overlap so that one could be taken from the other, and no provider counts as several."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.disclosure import MINIMUM_PROVIDERS, release_network
from app.errors import Conflict
from app.responses import DAYS_APART, Round, brought_back, cancelled, closed, refuse_overlap
from app.standards import Audience
from tests.factories import crowd, make_network_subject, make_release, make_round, make_survey

FIRST_DAY = date(2026, 1, 1)
SITES = {"maple": frozenset({"Ann", "Bea"}), "north": frozenset({"Cai"}), "mill": frozenset({"Dot", "Eve", "Fay"})}
TAKEN_OVER = frozenset({"Gil", "Hal"})
EVERYBODY = frozenset().union(TAKEN_OVER, *SITES.values())
PLACES: Sequence[str | None] = (None, *SITES)
SURVEY = make_survey()


@dataclass
class Provider:
    """A provider that has taken over another one, as its lead runs it from one day to the next."""

    on: date = FIRST_DAY
    rounds: dict[str, Round] = field(default_factory=dict)

    def step(self, what: str, place: str | None, days: int) -> None:
        self.on += timedelta(days=days)
        try:
            getattr(self, f"_{what}")(place)
        except Conflict:
            return

    def _open(self, place: str | None) -> None:
        opened = replace(make_round(provider_id="alder", site_id=place), id=str(len(self.rounds)), opened_on=self.on)
        self._keep(opened)

    def _keep(self, of: Round) -> None:
        refuse_overlap(of, self.rounds.values(), self.on)
        self.rounds[of.id] = of

    def _close(self, _place: str | None) -> None:
        for of in self._open_ones():
            self.rounds[of.id] = closed(of, self.on)

    def _call_off(self, _place: str | None) -> None:
        for of in self._open_ones():
            self.rounds[of.id] = cancelled(of, self.on)

    def _bring_back(self, place: str | None) -> None:
        for of in [each for each in self.rounds.values() if each.is_cancelled and each.site_id == place]:
            self._keep(brought_back(of, self.on))

    def _open_ones(self) -> list[Round]:
        return [each for each in self.rounds.values() if each.is_open]


def asked(of: Round) -> frozenset[str]:
    if of.provider_id == "taken-over":
        return TAKEN_OVER
    return SITES[of.site_id] if of.site_id else EVERYBODY


steps = st.lists(
    st.tuples(
        st.sampled_from(["open", "open", "close", "close", "call_off", "bring_back"]),
        st.sampled_from(PLACES),
        st.integers(0, 70),
    ),
    max_size=30,
)


@settings(max_examples=500)
@given(steps, st.integers(0, 200))
def test_no_result_is_a_part_of_another_one_of_the_same_half_year(taken: list[tuple[str, str | None, int]], ago: int):
    provider = Provider()
    day = FIRST_DAY - timedelta(days=ago)
    provider.rounds["before"] = closed(replace(make_round(provider_id="taken-over"), opened_on=day), day)
    for what, place, days in taken:
        provider.step(what, place, days)

    for first, second in combinations((each for each in provider.rounds.values() if each.closed_on), 2):
        is_part = asked(first) != asked(second) and asked(first) & asked(second)
        begun_after = max(first.opened_on, second.opened_on) - min(first.closed_on, second.closed_on)
        assert not is_part or begun_after >= timedelta(days=DAYS_APART)


places = st.tuples(st.integers(0, 8), st.sampled_from(PLACES))


@given(st.lists(places, max_size=14))
def test_a_network_never_counts_a_site_and_no_figure_stands_on_fewer_than_five_organisations(asked_at):
    releases = [
        make_release(
            crowd(SURVEY, Audience.PERSON, (5 + number % 3, "yes"), (5, "no")),
            SURVEY,
            provider_id=f"provider-{number}",
            site_id=site_id,
        )
        for number, site_id in asked_at
    ]
    organisations = {number for number, _ in asked_at}
    if any(site_id for _, site_id in asked_at) or len(organisations) < len(asked_at):
        with pytest.raises(Conflict):
            release_network(releases, make_network_subject())
        return

    made = release_network(releases, make_network_subject())
    for looking in (None, *made.providers):
        others = organisations if looking is None else organisations - {int(looking.removeprefix("provider-"))}
        for shown in made.view(looking).audiences.values():
            if any(spread.quartiles.value is not None for spread in shown.standards.values()):
                assert len(others) >= MINIMUM_PROVIDERS
