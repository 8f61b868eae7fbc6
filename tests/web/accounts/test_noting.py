"""Who signed in, who could not, and what was changed about an account stands in the log, and nothing that was typed."""

import json
from datetime import UTC, datetime

import pytest
from sqlalchemy import update

from app.organisations.log import SOMEBODY, Deed, LogLine
from app.services import log
from app.services.log import MOST_FAILED, all_lines, note_failed, verify
from app.services.organising import add_provider
from app.storage.tables import account
from app.web import create_app
from tests.letters import forget_letters, letters, link_in
from tests.site import PASSWORD, Page, Site, Visitor, code_of_app
from tests.web.accounts.test_second_step import SAFE, make_codes, set_up

WRONG = "wrong wrong wrong"
NEW = "seven quiet otters by the canal"
OWN = {
    Deed.SIGNED_IN,
    Deed.SIGNED_OUT,
    Deed.SIGN_IN_FAILED,
    Deed.SESSIONS_ENDED,
    Deed.PASSWORD_CHANGED,
    Deed.SECOND_STEP_SET,
    Deed.SECOND_STEP_REMOVED,
    Deed.RECOVERY_CODES_MADE,
    Deed.ADDRESS_CHANGED,
}


@pytest.fixture
def site(site: Site) -> Site:
    """Everybody's address is confirmed."""
    with site.database.writing() as connection:
        connection.execute(update(account).values(confirmed_at=datetime.now(UTC).replace(tzinfo=None)))
    return site


def lines(site: Site) -> list[LogLine]:
    return [line for line, _ in all_lines(site.database) if line.deed in OWN]


def said(site: Site) -> list[tuple[Deed, dict[str, str]]]:
    return [(line.deed, dict(line.facts)) for line in lines(site)]


def tried(site: Site, email: str, password: str = WRONG) -> Page:
    return site.visitor().fill_in("/sign-in", {"email": email, "password": password})


def test_who_signs_in_and_out_is_written_with_their_number_and_how(site: Site):
    visitor = site.visitor("lead")
    visitor.fill_in("/account", to="/sign-out")

    assert said(site) == [(Deed.SIGNED_IN, {"way": "password"}), (Deed.SIGNED_OUT, {})]
    assert {(each.account_id, each.about) for each in lines(site)} == {
        (site.account_id("lead"), str(site.account_id("lead")))
    }


def test_who_needs_a_second_step_has_signed_in_after_it_and_not_before(site: Site):
    visitor = site.visitor()
    visitor.fill_in("/sign-in", {"email": site.people["coordinator"], "password": PASSWORD})
    assert said(site) == []

    visitor.fill_in("/sign-in/code", {"code": "000000"})
    visitor.fill_in("/sign-in/recovery-code", {"code": "no-code"})
    visitor.fill_in("/sign-in/code", {"code": code_of_app(site.app, site.people["coordinator"])})

    assert said(site) == [
        (Deed.SIGN_IN_FAILED, {"way": "code"}),
        (Deed.SIGN_IN_FAILED, {"way": "recovery code"}),
        (Deed.SIGNED_IN, {"way": "second step"}),
    ]
    assert {each.about for each in lines(site)} == {str(site.account_id("coordinator"))}


def test_a_wrong_password_is_written_with_whose_it_was_to_be_and_never_with_what_was_typed(site: Site):
    tried(site, site.people["lead"].upper())
    tried(site, "nobody@example.org")
    tried(site, "not an address")

    failed = lines(site)
    assert {each.deed for each in failed} == {Deed.SIGN_IN_FAILED}
    assert [each.account_id for each in failed] == [SOMEBODY] * 3
    assert [each.about for each in failed] == [str(site.account_id("lead")), "", ""]
    whole = json.dumps([(each.about, dict(each.facts)) for each in failed])
    for typed in (WRONG, "nobody", "lead@", "LEAD@", "127.0.0.1", "not an address"):
        assert typed not in whole
    assert verify(site.database).faults == ()


def test_a_form_without_a_password_is_no_try(site: Site):
    tried(site, site.people["lead"], "")

    assert lines(site) == []


def test_what_a_limit_refuses_is_not_written(site: Site):
    statuses = [tried(site, site.people["lead"]).status for _ in range(12)]

    assert statuses == [200] * 10 + [429] * 2
    assert len(lines(site)) == 10


def test_nobody_fills_the_log_from_outside_and_the_last_line_says_that_more_are_left_out(
    site: Site, monkeypatch: pytest.MonkeyPatch
):
    for number in range(MOST_FAILED + 5):
        note_failed(site.database, None if number % 2 else 1, "password")
    found = lines(site)
    assert len(found) == MOST_FAILED
    assert [bool(each.facts.get("more")) for each in found] == [False] * (MOST_FAILED - 1) + [True]

    monkeypatch.setattr(log, "_minute", lambda *ago: "2999-01-01T10:00Z" if not ago else "2999-01-01T09:00Z")
    note_failed(site.database, None, "password")
    assert len(lines(site)) == MOST_FAILED + 1


def test_who_is_nobody_here_and_who_is_somebody_leave_lines_of_the_same_kind_also_when_there_are_too_many(site: Site):
    for _ in range(MOST_FAILED):
        note_failed(site.database, None, "password")

    note_failed(site.database, site.account_id("lead"), "password")

    assert len(lines(site)) == MOST_FAILED


def test_a_letters_link_that_was_used_and_one_that_is_wrong(site: Site):
    site.visitor().fill_in("/sign-in/letter", {"email": site.people["lead"]})
    (letter,) = letters(site)
    path = link_in(site, letter)
    site.visitor().fill_in(path)
    site.visitor().fill_in("/sign-in", to=path)

    assert said(site) == [(Deed.SIGNED_IN, {"way": "letter"}), (Deed.SIGN_IN_FAILED, {"way": "letter"})]
    assert path.rpartition("/")[2] not in str(lines(site))


def test_a_new_password_by_a_letter_and_by_oneself(site: Site):
    visitor, elsewhere = site.visitor("lead"), site.visitor("lead")
    forget_letters(site)
    visitor.fill_in("/account/password", {"password": WRONG, "new_password": NEW, "new_password_confirm": NEW})
    visitor.fill_in("/account/password", {"password": PASSWORD, "new_password": "abc", "new_password_confirm": "abc"})
    visitor.fill_in("/account/password", {"password": PASSWORD, "new_password": NEW, "new_password_confirm": NEW})
    assert elsewhere.get("/rounds").status == 303

    written = said(site)[2:]
    assert written[0] == (Deed.SIGN_IN_FAILED, {"way": "saying it again"})
    assert {deed for deed, _ in written[1:]} == {Deed.PASSWORD_CHANGED, Deed.SESSIONS_ENDED}

    forget_letters(site)
    site.visitor().fill_in("/reset", {"email": site.people["member"]})
    (letter,) = letters(site)
    site.visitor().fill_in(link_in(site, letter), {"password": NEW, "password_confirm": NEW})
    after = [each for each in lines(site) if each.account_id == site.account_id("member")]
    assert Deed.PASSWORD_CHANGED in {each.deed for each in after}


def test_second_factors_that_are_set_used_and_removed(site: Site):
    visitor = site.visitor("lead")
    set_up(visitor)
    make_codes(visitor)
    assert visitor.get(SAFE).status == 200
    visitor.fill_in("/account/second-step/app", {"setup": "disable"})

    written = [(deed, facts.get("what", "")) for deed, facts in said(site)]
    assert [each for each in written if each[0] not in {Deed.SIGNED_IN, Deed.SESSIONS_ENDED}] == [
        (Deed.SECOND_STEP_SET, "app"),
        (Deed.RECOVERY_CODES_MADE, ""),
        (Deed.SECOND_STEP_REMOVED, "app"),
    ]


def test_a_code_that_does_not_fit_while_an_app_is_set_up_is_no_failed_sign_in(site: Site):
    visitor = site.visitor("lead")
    visitor.fill_in("/account/second-step/app", {"setup": "authenticator"})
    visitor.fill_in("/account", {"code": "000000"}, to="/sign-in/code")

    assert Deed.SIGN_IN_FAILED not in {deed for deed, _ in said(site)}


def test_sessions_that_somebody_ends_are_counted(site: Site):
    here = site.visitor("lead")
    for _ in range(2):
        site.visitor("lead")
    here.fill_in("/account/sessions", {"others": "y"})
    here.fill_in("/account/sessions", {"others": "y"})

    assert said(site)[3:] == [(Deed.SESSIONS_ENDED, {"count": "2"})]


def test_another_address_is_written_without_it(site: Site):
    visitor = site.visitor("lead")
    account_id = site.account_id("lead")
    forget_letters(site)
    visitor.fill_in("/account/address", {"email": "jo.new@example.org"})
    (letter,) = letters(site)
    site.visitor().fill_in(link_in(site, letter))

    (line,) = [each for each in lines(site) if each.deed is Deed.ADDRESS_CHANGED]
    assert (line.account_id, line.about, dict(line.facts)) == (account_id, str(account_id), {})


def test_saying_again_who_one_is_wrongly_is_written(site: Site):
    visitor = site.visitor("lead")
    visitor.fill_in("/verify", {"password": WRONG})

    assert (lines(site)[-1].deed, lines(site)[-1].about) == (Deed.SIGN_IN_FAILED, str(site.account_id("lead")))


def test_an_auditor_reads_who_could_not_sign_in(site: Site):
    tried(site, site.people["lead"])
    tried(site, "nobody@example.org")

    rows = site.visitor("auditor").get("/log").words("tbody tr")

    assert "Auditor@example.org".lower() in rows[0].lower()
    assert "Somebody who was not signed in Signing in failed" in rows[1]
    assert "Somebody who was not signed in, as lead@example.org Signing in failed" in rows[2]


def test_somebody_who_only_looks_or_answers_by_a_link_leaves_no_line(site: Site):
    path, visitor = site.begun(site.open_round())
    before = len(list(all_lines(site.database)))

    visitor.get(path)
    visitor.post(f"{path}/is-this-you", {"is_me": "yes"})
    site.visitor().get("/sign-in")

    assert len(list(all_lines(site.database))) == before


def test_lines_of_several_processes_stay_one_chain(site: Site):
    other = create_app(site.settings)
    for number in range(3):
        tried(site, site.people["lead"])
        Visitor(other).sign_in(site.people["lead"])
        add_provider(site.database, f"Provider {number}")

    assert verify(site.database).faults == ()
