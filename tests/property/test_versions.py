"""Laws of versions: what a fingerprint may depend on, and which step in the number a change needs."""

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from app.library import parse_standards, parse_survey, standards_document, survey_document
from app.standards import Audience, Domain, Indicator, StandardsSet, fingerprint, is_version, meaning, required_bump
from tests.factories import make_standard, make_standards, make_survey

a_few = settings(max_examples=40)

RANK = {None: 0, "patch": 1, "minor": 2, "major": 3}

words = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1, max_size=12)
documents = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(st.characters(codec="utf-8")),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(st.characters(codec="utf-8")), inner, max_size=4)
    ),
    max_leaves=12,
)


@st.composite
def sets(draw: st.DrawFn) -> StandardsSet:
    """A standards set with any shape, weights, words and choice of what stands in the short form."""
    shape = draw(st.lists(st.integers(1, 3), min_size=1, max_size=3))
    blank = make_standards(shape=shape, indicator_count=draw(st.integers(1, 4)))
    return replace(blank, domains=tuple(draw(worded(domain)) for domain in blank.domains))


@st.composite
def worded(draw: st.DrawFn, domain: Domain) -> Domain:
    def indicators(blank: tuple[Indicator, ...]) -> tuple[Indicator, ...]:
        star = draw(st.integers(0, len(blank) - 1))
        return tuple(
            replace(
                indicator,
                statements={audience: draw(words) for audience in Audience},
                weight=draw(st.integers(1, 3)),
                in_short_form=place == star,
            )
            for place, indicator in enumerate(blank)
        )

    standards = tuple(
        replace(each, title=draw(words), is_not=draw(words), indicators=indicators(each.indicators))
        for each in domain.standards
    )
    return replace(domain, title=draw(words), standards=standards)


def shuffled(document: Any, order: Callable[[list[Any]], list[Any]]) -> Any:
    """Return the same document with the keys of every dict in another order."""
    if isinstance(document, dict):
        return {key: shuffled(document[key], order) for key in order(list(document))}
    if isinstance(document, list):
        return [shuffled(item, order) for item in document]
    return document


@a_few
@given(documents, st.randoms(use_true_random=False))
def test_a_fingerprint_does_not_depend_on_the_order_of_keys(document, random):
    reordered = shuffled(document, lambda keys: random.sample(keys, len(keys)))

    assert fingerprint(reordered) == fingerprint(document)


@a_few
@given(documents, documents)
def test_different_documents_have_different_fingerprints(one, other):
    same = json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True)

    assert (fingerprint(one) == fingerprint(other)) == same


def changed(standards: StandardsSet, draw: Callable[[st.SearchStrategy[Any]], Any]) -> StandardsSet:
    """Change one id, weight or statement somewhere."""
    document = standards_document(standards)
    domain = draw(st.sampled_from(document["domains"]))
    standard = draw(st.sampled_from(domain["standards"]))
    indicator = draw(st.sampled_from(standard["indicators"]))
    where, key = draw(
        st.sampled_from(
            [(domain, "id"), (domain, "title"), (standard, "slug"), (standard, "is"), (standard, "is_not")]
            + [(indicator, key) for key in ("id", "weight", "person", "family", "provider")]
        )
    )
    new = {"id": lambda text: f"{text[:-1]}{9 if text[-1].isdigit() else 'z'}", "weight": lambda weight: weight + 1}
    where[key] = new.get(key, lambda text: f"{text}-too")(where[key])
    return parse_standards(document)


@a_few
@given(sets(), st.data())
def test_any_change_of_an_id_a_weight_or_the_english_changes_the_meaning(standards, data):
    other = changed(standards, data.draw)

    assert other.fingerprint != standards.fingerprint
    assert required_bump(standards, other) in ("major", "patch")


@a_few
@given(sets())
def test_a_set_needs_no_step_to_itself_under_another_number(standards):
    assert required_bump(standards, replace(standards, version="9.9.9")) is None


@a_few
@given(sets(), sets())
def test_a_step_is_needed_exactly_when_the_meaning_differs(one, other):
    assert (required_bump(one, other) is None) == (meaning(one) == meaning(other))


@a_few
@given(sets(), sets())
def test_what_is_an_addition_one_way_is_a_removal_the_other_way(one, other):
    there, back = required_bump(one, other), required_bump(other, one)

    assert (there == "minor") <= (back == "major")
    assert (there == "patch") == (back == "patch")


@a_few
@given(sets(), sets(), sets())
def test_two_changes_after_one_another_never_need_more_than_the_greater_step(first, second, third):
    steps = RANK[required_bump(first, second)], RANK[required_bump(second, third)]

    assert RANK[required_bump(first, third)] <= max(steps)


@a_few
@given(sets())
def test_taking_a_standard_out_is_major_and_putting_it_in_is_minor(standards):
    first, *others = standards.domains
    more = replace(first, standards=(*first.standards, make_standard(90, 2, {})))
    grown = replace(standards, domains=(more, *others))

    assert required_bump(standards, grown) == "minor"
    assert required_bump(grown, standards) == "major"


@a_few
@given(sets())
def test_a_set_comes_back_from_its_document_as_it_was(standards):
    document = json.loads(json.dumps(standards_document(standards)))

    assert parse_standards(document) == standards
    assert parse_standards(document).fingerprint == standards.fingerprint


@a_few
@given(sets(), st.data())
def test_a_survey_comes_back_from_its_document_as_it_was(standards, data):
    ids = [indicator.id for indicator in standards.indicators]
    chosen = st.lists(st.sampled_from(ids), unique=True)
    survey = make_survey(standards, may_be_not_applicable=data.draw(chosen), reversed_ids=data.draw(chosen))
    document = json.loads(json.dumps(survey_document(survey)))

    assert parse_survey(document, standards) == survey
    assert parse_survey(document, standards).fingerprint == survey.fingerprint


@a_few
@given(st.tuples(*[st.integers(0, 10**6)] * 3))
def test_every_three_whole_numbers_are_a_version(numbers):
    assert is_version(".".join(map(str, numbers)))
