"""A release: fixed, sealed, hashed."""

import copy
import json
from dataclasses import replace

import pytest

from app.disclosure import Figure, Reason, Release, Rules, Shown, Subject, release_round
from app.errors import Conflict, Refused
from app.responses import ProviderView, RoundState
from app.standards import Audience, fingerprint
from app.surveys import Length
from tests.factories import crowd, make_figures, make_release, make_round, make_standards, make_survey

SURVEY = make_survey()
PEOPLE = crowd(SURVEY, Audience.PERSON, (7, "yes"), (5, "no"), (2, "dont_know"))
CLOSED = make_round(state=RoundState.CLOSED)


def reread(release):
    return Release.from_document(json.loads(json.dumps(release.to_document(), sort_keys=True)), release.sha256)


def test_a_release_comes_back_from_its_document_as_it_was():
    release = make_release(
        [*PEOPLE, *crowd(SURVEY, Audience.PROVIDER, (1, "yes"))], SURVEY, invited={Audience.PERSON: 20}, made_up=True
    )

    assert reread(release) == release
    assert reread(release).sha256 == release.sha256 == fingerprint(release.to_document())


def test_a_release_knows_what_it_is_about():
    subject = make_release(PEOPLE, SURVEY, length=Length.SHORT, provider_view=ProviderView.STAFF).subject

    assert (subject.provider_id, subject.round_id) == ("provider-1", "round-of-provider-1")
    assert (subject.survey.sha256, subject.standards.sha256) == (SURVEY.fingerprint, make_standards().fingerprint)
    assert (subject.length, subject.provider_view) == (Length.SHORT, ProviderView.STAFF)


def test_a_tampered_document_is_refused():
    release = make_release(PEOPLE, SURVEY)
    document = copy.deepcopy(release.to_document())
    document["audiences"]["person"]["standards"]["S01"]["score"]["value"] = "0.900000000000"

    with pytest.raises(Conflict, match="changed since"):
        Release.from_document(document, release.sha256)


def test_two_releases_of_the_same_figures_have_different_hashes():
    first, second = make_release(PEOPLE, SURVEY), make_release(PEOPLE, SURVEY)

    assert first.shown == second.shown
    assert first.nonce != second.nonce
    assert first.sha256 != second.sha256


def test_a_release_cannot_be_made_directly():
    release = make_release(PEOPLE, SURVEY)

    with pytest.raises(TypeError, match="made by release_round"):
        Release(release.id, release.nonce, release.subject, release.shown)


def test_a_release_cannot_be_changed():
    release = make_release(PEOPLE, SURVEY)

    with pytest.raises(AttributeError):
        release.id = "another"
    with pytest.raises((TypeError, ValueError)):
        replace(release, shown=Shown({}, {}))
    with pytest.raises(TypeError):
        release.audiences[Audience.PERSON].standards["S01"] = None
    with pytest.raises(TypeError):
        release.indicator(Audience.PERSON, "S01.a").value["yes"] = 1.0


def test_an_open_round_has_nothing_to_release():
    with pytest.raises(Conflict, match="still open"):
        Subject.of(make_round())


def test_a_release_needs_the_survey_that_was_asked():
    other = make_survey(may_be_not_applicable={"S01.a"})

    with pytest.raises(Conflict, match="not the version"):
        release_round(make_figures(PEOPLE, other), Rules.of(CLOSED), Subject.of(CLOSED), {}, other)


def test_other_rules_than_were_promised_are_refused():
    rules = replace(Rules.of(CLOSED), provider_view=ProviderView.STAFF)

    with pytest.raises(Refused, match="promised"):
        release_round(make_figures(PEOPLE, SURVEY), rules, Subject.of(CLOSED), {}, SURVEY)


def test_the_audit_has_the_last_word():
    def withhold_first_standard(draft):
        people = draft.shown.audiences[Audience.PERSON]
        hidden = replace(people.standards["S01"], score=Figure(None, Reason.COMPLEMENTARY), margin=None)
        changed = replace(people, standards={**people.standards, "S01": hidden})
        return replace(draft.shown, audiences={**draft.shown.audiences, Audience.PERSON: changed})

    release = make_release(PEOPLE, SURVEY, audit=withhold_first_standard)

    assert release.standard(Audience.PERSON, "S01").withheld is Reason.COMPLEMENTARY
    assert reread(release) == release
