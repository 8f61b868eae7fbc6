from dataclasses import replace

import pytest

from app.errors import Invalid, Refused
from app.organisations import (
    OPERATOR,
    PROVIDER_ROLES,
    Actor,
    Contact,
    ContactKind,
    Membership,
    Role,
    Said,
    checked_contact,
    may_read_concern,
    refuse_insider,
)

JO = Contact("jo", "north", ContactKind.SAFEGUARDING, "Jo Bell", "01632 960001", "Works for the council.", account_id=7)


def test_a_contact_is_kept_with_single_spaces_and_its_own_letters():
    kept = checked_contact(replace(JO, name="  Siân   Tŷ ", phone=" 01632  960 001 ", about=" Works\r\n for us. "))

    assert (kept.name, kept.phone, kept.about) == ("Siân Tŷ", "01632 960 001", "Works for us.")


@pytest.mark.parametrize("phone", ["999", "116 123", "+44 1632 960001", "01632 960 001"])
def test_what_people_dial_is_a_phone_number(phone: str):
    assert checked_contact(replace(JO, phone=phone)).phone == phone


@pytest.mark.parametrize(
    "phone", ["", "99", "call me", "01632-960001", "(01632) 960001", "++44 1", "01632\x00960001", "1" * 21, "٩٩٩"]
)
def test_what_nobody_can_dial_is_refused_in_words(phone: str):
    with pytest.raises(Invalid, match="digits and spaces"):
        checked_contact(replace(JO, phone=phone))


def test_who_they_are_is_short_and_can_be_shown():
    with pytest.raises(Invalid, match="500"):
        checked_contact(replace(JO, about="x" * 501))
    with pytest.raises(Invalid, match="control"):
        checked_contact(replace(JO, about="a\x07b"))


def test_who_they_are_is_said_in_the_readers_language_or_marked_as_english():
    siân = checked_contact(replace(JO, about_in={"cy": " Gweithio  i’r cyngor. ", "gd": "  "}))

    assert siân.about_in == {"cy": "Gweithio i’r cyngor."}
    assert siân.about_for("cy") == Said("Gweithio i’r cyngor.")
    assert siân.about_for("gd") == Said("Works for the council.", "en")
    assert siân.about_for("en") == Said("Works for the council.")


@pytest.mark.parametrize("language", ["en", "Cymraeg", ""])
def test_a_language_is_named_by_two_letters_and_english_stands_apart(language: str):
    with pytest.raises(Invalid, match="two letters"):
        checked_contact(replace(JO, about_in={language: "x"}))


@pytest.mark.parametrize(
    "changed",
    [{"id": "x"}, {"name": "Sam"}, {"about": "x"}, {"about_in": {"cy": "x"}}, {"account_id": 8}, {"working_days": 2}],
)
def test_whoever_else_reads_concerns_is_marked_otherwise(changed):
    assert replace(JO, **changed).reader_mark != JO.reader_mark
    assert replace(JO, phone="999").reader_mark == JO.reader_mark


def test_only_a_safeguarding_contact_reads_concerns():
    assert JO.takes_concerns
    assert not replace(JO, account_id=None).takes_concerns
    with pytest.raises(Invalid, match="safeguarding"):
        checked_contact(replace(JO, kind=ContactKind.HELP))
    assert checked_contact(replace(JO, kind=ContactKind.HELP, account_id=None)).kind is ContactKind.HELP


def test_who_reads_concerns_says_who_they_are():
    with pytest.raises(Invalid, match="where they work"):
        checked_contact(replace(JO, about=" "))
    assert checked_contact(replace(JO, about="", account_id=None)).about == ""


@pytest.mark.parametrize("days", [0, -1, 11])
def test_a_promise_of_days_is_one_that_can_be_kept(days: int):
    with pytest.raises(Invalid, match="working days"):
        checked_contact(replace(JO, working_days=days))
    assert checked_contact(replace(JO, working_days=3)).working_days == 3


def test_nobody_takes_concerns_about_a_provider_that_they_lead():
    refuse_insider(JO, "a", {"b"})
    with pytest.raises(Refused, match="provider’s team"):
        refuse_insider(JO, "a", {"a", "b"})
    with pytest.raises(Refused, match="no account"):
        refuse_insider(replace(JO, account_id=None), "a", ())


def test_a_concern_is_read_by_its_contact_alone():
    taker = Membership(Role.SAFEGUARDING, "north")
    reader = Actor.of([taker], 7)

    assert may_read_concern(reader, JO, "a")
    assert not may_read_concern(replace(reader, account_id=8), JO, "a")
    assert not may_read_concern(Actor.of([Membership(Role.SAFEGUARDING, "south")], 7), JO, "a")
    for role in PROVIDER_ROLES:
        assert not may_read_concern(Actor.of([taker, Membership(role, "a")], 7), JO, "a")
    assert not may_read_concern(Actor.of([Membership(Role.COORDINATOR, "north")], 7), JO, "a")
    assert not may_read_concern(replace(OPERATOR, account_id=7), JO, "a")
    assert not may_read_concern(reader, replace(JO, account_id=None), "a")
