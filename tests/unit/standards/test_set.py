from collections.abc import Callable
from dataclasses import replace

import pytest

from app.errors import Invalid, NotFound
from app.standards import Audience, Domain, Indicator, StandardsSet
from tests.factories import make_standards


def with_standard(standards: StandardsSet, **changes: object) -> StandardsSet:
    """Change the first standard."""
    domain = standards.domains[0]
    changed = replace(domain, standards=(replace(domain.standards[0], **changes), *domain.standards[1:]))
    return replace(standards, domains=(changed, *standards.domains[1:]))


def with_indicator(standards: StandardsSet, **changes: object) -> StandardsSet:
    """Change the second indicator of the first standard."""
    first, second, *others = standards.standards[0].indicators
    return with_standard(standards, indicators=(first, replace(second, **changes), *others))


def places(change: Callable[[], object]) -> list[str]:
    with pytest.raises(Invalid) as error:
        change()
    return [fault.place for fault in error.value.faults]


def test_standards_and_indicators_come_in_the_order_of_the_file():
    standards = make_standards(shape=(1, 2), indicator_count=2)

    assert [standard.id for standard in standards.standards] == ["S01", "S02", "S03"]
    assert [indicator.id for indicator in standards.indicators][:3] == ["S01.a", "S01.b", "S02.a"]


def test_a_standard_and_an_indicator_are_found_by_id():
    standards = make_standards()

    assert standards.standard("S02").slug == "standard-2"
    assert standards.indicator("S03.b").statements[Audience.FAMILY] == "S03.b for the family"
    assert standards.domain_of("S03").id == "D2"


@pytest.mark.parametrize("find", [StandardsSet.standard, StandardsSet.indicator, StandardsSet.domain_of])
def test_an_unknown_id_is_not_found(find):
    with pytest.raises(NotFound, match=r"small-set 1\.0\.0 has no .* “S99”"):
        find(make_standards(), "S99")


def test_the_statements_of_an_indicator_cannot_be_changed():
    statements = dict.fromkeys(Audience, "Said.")
    indicator = Indicator("S01.a", statements)

    statements[Audience.PERSON] = "Changed."

    assert indicator.statements[Audience.PERSON] == "Said."
    with pytest.raises(TypeError):
        indicator.statements[Audience.PERSON] = "Changed."


def test_a_set_can_be_a_key_and_equal_sets_are_one_key():
    assert len({make_standards(), make_standards(), make_standards(shape=(1,))}) == 2


def test_an_id_that_is_used_twice_is_a_fault_at_its_second_place():
    standards = make_standards(shape=(2,))
    domain = standards.domains[0]

    assert places(lambda: replace(standards, domains=(domain, replace(domain, standards=())))) == [
        "domains.1.id",
        "domains.1.standards",
    ]
    assert places(lambda: replace(standards, domains=(replace(domain, standards=domain.standards[:1] * 2),))) == [
        "domains.0.standards.1.id",
        "domains.0.standards.1.slug",
        "domains.0.standards.1.indicators.0.id",
        "domains.0.standards.1.indicators.1.id",
        "domains.0.standards.1.indicators.2.id",
    ]


def test_an_indicator_carries_the_id_of_its_standard():
    assert places(lambda: with_indicator(make_standards(), id="S02x.b")) == ["domains.0.standards.0.indicators.1.id"]


def test_an_indicator_speaks_to_all_three_audiences():
    lacking = {Audience.PERSON: "Said.", Audience.FAMILY: " "}

    assert places(lambda: with_indicator(make_standards(), statements=lacking)) == [
        "domains.0.standards.0.indicators.1.family",
        "domains.0.standards.0.indicators.1.provider",
    ]


def test_a_weight_below_one_is_a_fault():
    assert places(lambda: with_indicator(make_standards(), weight=0)) == ["domains.0.standards.0.indicators.1.weight"]


@pytest.mark.parametrize("starred", [True, False])
def test_exactly_one_indicator_stands_for_its_standard_in_the_short_form(starred):
    standards = make_standards()
    indicators = tuple(replace(each, in_short_form=starred) for each in standards.standards[0].indicators)

    assert places(lambda: with_standard(standards, indicators=indicators)) == ["domains.0.standards.0.indicators"]


@pytest.mark.parametrize("version", ["1.0", "1.0.0.0", "01.0.0", "1.0.x", "v1.0.0", "1.0.0-draft", "1.0.0\n"])
def test_a_version_is_three_whole_numbers(version):
    assert places(lambda: replace(make_standards(), version=version)) == ["version"]


def test_a_set_needs_a_domain_and_a_domain_a_standard():
    assert places(lambda: replace(make_standards(), domains=())) == ["domains"]
    assert places(lambda: replace(make_standards(), domains=(Domain("D1", "Empty", ()),))) == ["domains.0.standards"]


def test_every_fault_is_listed_and_can_be_read():
    with pytest.raises(Invalid, match="The standards set small-set cannot be used") as error:
        replace(make_standards(), version="1", domains=())

    assert str(error.value).splitlines()[1:] == [
        'version: “1” is no version; write three numbers, such as "1.0.0"',
        "domains: a standards set needs at least one domain",
    ]
