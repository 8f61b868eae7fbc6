"""A document is what the database keeps of a version: it comes back as it was, or says what is wrong."""

import json

import pytest

from app.errors import Invalid
from app.library import parse_standards, parse_survey, standards_document, survey_document
from tests.factories import make_standards


def test_the_published_standards_come_back_from_their_document(standards):
    document = json.loads(json.dumps(standards_document(standards)))

    assert parse_standards(document) == standards


def test_the_published_survey_comes_back_from_its_document(survey, standards):
    document = json.loads(json.dumps(survey_document(survey)))

    assert parse_survey(document, standards) == survey


def test_a_document_of_a_survey_has_every_stem_written_out(survey):
    document = survey_document(survey)

    assert document["standards"] == "personalised-support@1.0.0"
    assert document["questions"][0]["wording"]["standard"]["person"]["stem"] == "My support was made for me."


def test_a_document_that_is_no_standards_set_is_refused_with_every_path(standards):
    document = standards_document(standards)
    del document["licence"]
    document["domains"][1]["standards"][0]["indicators"][2]["id"] = "S04.a"

    with pytest.raises(Invalid) as error:
        parse_standards(document)
    assert [fault.place for fault in error.value.faults] == ["licence", "domains.1.standards.0.indicators.2.id"]


def test_a_survey_is_not_read_beside_standards_it_does_not_ask_about(survey):
    with pytest.raises(Invalid, match="the survey asks about others than small-set 1"):
        parse_survey(survey_document(survey), make_standards())
