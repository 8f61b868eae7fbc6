"""A network's release: how providers' released scores spread."""

import copy
import json
from fractions import Fraction

import pytest

from app.disclosure import NetworkRelease, Reason, release_network
from app.errors import Conflict, NotFound
from app.standards import Audience
from app.surveys import Length
from tests.factories import crowd, make_network_subject, make_release, make_survey

SURVEY = make_survey()
SUBJECT = make_network_subject()
PERSON = Audience.PERSON


def provider(number, yes, no=5, **more):
    people = crowd(SURVEY, PERSON, (yes, "yes"), (no, "no"))
    return make_release(people, SURVEY, provider_id=f"provider-{number}", **more)


def network(*yes, **more):
    return release_network([provider(place, each, **more) for place, each in enumerate(yes)], SUBJECT)


def spread(release, looking=None):
    return release.view(looking).audiences[PERSON].standards["S01"]


def test_the_coordinator_sees_the_quartiles_of_all_providers():
    assert spread(network(1, 2, 3, 4, 5)).quartiles.value == (Fraction(2, 7), Fraction(3, 8), Fraction(4, 9))
    assert spread(network(1, 2, 3, 4, 5)).own is None


def test_every_provider_counts_the_same_however_many_people_answered():
    few = [provider(place, 5, 5) for place in range(4)]

    assert spread(release_network([*few, provider(9, 100, 0)], SUBJECT)).quartiles.value[1] == Fraction(1, 2)


def test_a_provider_sees_its_own_score_beside_the_others():
    seen = spread(network(1, 2, 3, 4, 5, 20), "provider-5")

    assert seen.own == Fraction(4, 5)
    assert seen.quartiles.value == (Fraction(2, 7), Fraction(3, 8), Fraction(4, 9))


def test_a_round_for_one_site_is_in_no_network_s_figures():
    sites = [make_release((), SURVEY, provider_id="provider-0", site_id=f"site-{number}") for number in range(5)]

    with pytest.raises(Conflict, match="whole providers"):
        release_network(sites, SUBJECT)


def test_the_spread_is_withheld_with_four_providers():
    assert spread(network(1, 2, 3, 4)).quartiles.withheld is Reason.TOO_FEW


def test_the_spread_is_withheld_from_a_provider_with_four_others_and_its_own_score_is_not():
    seen = spread(network(1, 2, 3, 4, 5), "provider-0")

    assert (seen.quartiles.withheld, seen.own) == (Reason.TOO_FEW, Fraction(1, 6))


def test_a_provider_whose_score_is_withheld_is_not_in_the_spread():
    releases = [provider(place, 3, 3) for place in range(4)] + [provider("small", 2, 2)]
    release = release_network(releases, SUBJECT)

    assert spread(release).quartiles.withheld is Reason.TOO_FEW
    assert spread(release, "provider-small").own is None
    assert release.coordinator.providers == "5 to 9"
    assert release.coordinator.audiences[PERSON].providers == "fewer than 5"


def test_providers_who_all_have_the_same_score_are_shown():
    assert spread(network(5, 5, 5, 5, 5)).quartiles.value == (Fraction(1, 2),) * 3


def test_counts_of_providers_leave_out_the_one_that_looks():
    release = network(1, 2, 3, 4, 5)

    assert release.view().providers == "5 to 9"
    assert release.view("provider-1").providers == "fewer than 5"
    assert release.view("provider-1").audiences[PERSON].providers == "fewer than 5"


def test_a_provider_that_took_no_part_sees_nothing():
    with pytest.raises(NotFound, match="no results in this campaign"):
        network(1, 2, 3, 4, 5).view("provider-99")


def test_a_network_without_any_round_is_released_empty():
    release = release_network([], SUBJECT)

    assert release.coordinator.providers == "fewer than 5"
    assert release.coordinator.audiences[PERSON].standards == {}
    assert not release.made_up


def test_a_network_with_a_made_up_round_is_made_up():
    assert network(1, made_up=True).made_up
    assert not network(1).made_up


def test_rounds_of_another_length_are_not_compared():
    with pytest.raises(Conflict, match="same version of the same survey"):
        network(1, length=Length.SHORT)


def test_rounds_of_another_survey_are_not_compared():
    other = make_release([], make_survey(may_be_not_applicable={"S01.a"}))

    with pytest.raises(Conflict, match="same version of the same survey"):
        release_network([other], SUBJECT)


def test_a_provider_counts_once():
    with pytest.raises(Conflict, match="one round in a campaign"):
        release_network([provider(1, 1), provider(1, 2)], SUBJECT)


def test_a_network_release_comes_back_from_its_document_as_it_was():
    release = network(1, 2, 3, 4, 5, 6)

    again = NetworkRelease.from_document(json.loads(json.dumps(release.to_document())), release.sha256)

    assert again == release
    assert again.sha256 == release.sha256


def test_a_tampered_network_document_is_refused():
    release = network(1, 2, 3, 4, 5, 6)
    document = copy.deepcopy(release.to_document())
    document["coordinator"]["providers"] = "50 to 99"

    with pytest.raises(Conflict, match="changed since"):
        NetworkRelease.from_document(document, release.sha256)


def test_a_network_release_cannot_be_made_directly():
    release = network(1, 2, 3, 4, 5, 6)

    with pytest.raises(TypeError, match="made by release_network"):
        NetworkRelease(
            release.id, release.nonce, release.subject, release.made_up, release.coordinator, release.providers
        )
