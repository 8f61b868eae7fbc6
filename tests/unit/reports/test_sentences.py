"""The sentences that a report says first."""

import pytest

from app.reports.model import GapResult, StandardResult
from app.reports.sentences import (
    FAMILIES,
    PEOPLE,
    STAFF,
    THE_PROVIDER,
    audience_sentences,
    dont_know_sentence,
    gap_sentence,
    view_sentence,
    withheld_sentence,
)

TITLES = {f"S{number}": f"Title {number}" for number in range(1, 6)}


def scores(*points):
    return {f"S{number}": each for number, each in enumerate(points, start=1) if each is not None}


@pytest.mark.parametrize(
    ("points", "sentence"),
    [
        ((80, 40), "People say “Title 1” is going best. “Title 2” is the one to talk about."),
        ((40, 80), "People say “Title 2” is going best. “Title 1” is the one to talk about."),
        ((80, 40, 80), "People say “Title 1” and “Title 3” are going best. “Title 2” is the one to talk about."),
        (
            (80, 40, 40, 40),
            "People say “Title 1” is going best. “Title 2”, “Title 3” and “Title 4” are the ones to talk about.",
        ),
        ((80, 80, 80, 80, 0), "People say 4 standards are going best. “Title 5” is the one to talk about."),
        ((60, 60), "People say “Title 1” and “Title 2” are going equally well."),
        ((None, 60), "People say how “Title 2” is going; nothing else can be shown."),
    ],
)
def test_the_highest_and_the_lowest_standards_are_named(points, sentence):
    assert view_sentence(PEOPLE, scores(*points), TITLES) == sentence


def test_one_agreed_voice_is_spoken_of_as_one():
    assert view_sentence(THE_PROVIDER, scores(80, 40), TITLES).startswith("The provider says “Title 1” is going best.")


@pytest.mark.parametrize(
    ("voice", "reasons", "sentence"),
    [
        (PEOPLE, ["too_few", "too_few"], "Too few people have answered to show their view."),
        (FAMILIES, ["no_answers", "too_few"], "Too few families have answered to show their view."),
        (STAFF, ["no_answers"], "Staff gave no answer that counts towards a score."),
        (PEOPLE, ["unanimous"], "The view of people cannot be shown without giving single answers away."),
        (
            PEOPLE,
            ["no_answers", "complementary"],
            "The view of people cannot be shown without giving single answers away.",
        ),
        (THE_PROVIDER, ["no_answers"], "The provider has not given its own view."),
    ],
)
def test_a_view_that_cannot_be_shown_says_why(voice, reasons, sentence):
    assert withheld_sentence(voice, reasons) == sentence


def unknown(*shares):
    return {
        standard_id: StandardResult(score=None, withheld="too_few", coverage=None, dont_know_share=share)
        for standard_id, share in zip(TITLES, shares, strict=True)
    }


def test_what_more_than_a_quarter_do_not_know_is_a_finding():
    found = dont_know_sentence(PEOPLE, unknown(0.26, 0.25, None, 0.0, 0.9), TITLES)

    assert found == "Many people do not know about “Title 1” and “Title 5”."


def test_what_one_agreed_voice_does_not_know_is_a_finding_too():
    found = dont_know_sentence(THE_PROVIDER, unknown(0.33, 0.0, 0.0, 0.0, 0.0), TITLES)

    assert found == "The provider does not know enough about “Title 1”."


def test_where_most_know_nothing_is_said_of_it():
    assert dont_know_sentence(PEOPLE, unknown(0.25, 0.0, None, 0.0, 0.0), TITLES) is None


def test_not_knowing_is_said_also_where_the_scores_are_withheld():
    assert audience_sentences({"person": PEOPLE}, {"person": unknown(0.5, 0.0, 0.0, 0.0, 0.0)}, TITLES) == [
        "Too few people have answered to show their view.",
        "Many people do not know about “Title 1”.",
    ]


def gaps(*names):
    return {id_: GapResult(points=30, withheld=None, talk_about_this=id_ in names) for id_ in TITLES}


def test_gaps_to_talk_about_are_named():
    assert gap_sentence(THE_PROVIDER, FAMILIES, gaps("S2"), TITLES) == (
        "The provider and families see “Title 2” very differently: talk about this together."
    )
    assert gap_sentence(FAMILIES, PEOPLE, gaps(*TITLES), TITLES) == (
        "Families and people see 5 standards very differently, most of all “Title 1”, “Title 2” and “Title 3”: talk "
        "about these together."
    )
    assert gap_sentence(FAMILIES, PEOPLE, gaps("S1", "S3"), TITLES) == (
        "Families and people see “Title 1” and “Title 3” very differently: talk about these together."
    )


def test_of_many_gaps_the_widest_are_named_either_way_round():
    many = {id_: GapResult(points=20, withheld=None, talk_about_this=True) for id_ in TITLES}
    many["S5"] = GapResult(points=-60, withheld=None, talk_about_this=True)

    assert "most of all “Title 5”, “Title 1” and “Title 2”" in (gap_sentence(FAMILIES, PEOPLE, many, TITLES) or "")


def test_without_a_gap_to_talk_about_nothing_is_said():
    assert gap_sentence(FAMILIES, PEOPLE, gaps(), TITLES) is None
