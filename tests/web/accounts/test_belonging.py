"""Leaving a team or a network by oneself: asked twice, and never leaving nobody to look after it."""

import pytest

from app.organisations import INSTALLATION, Membership, Role
from app.services import accounts, teams
from app.services.contacts import remove_contact
from app.services.log import all_lines
from app.services.organising import add_provider
from app.storage import accounts as stored_accounts
from tests.site import Page, Site, Visitor
from tests.web.accounts.test_own_account import stale


def path_of(site: Site, role: str) -> str:
    places = {
        "lead": site.provider.id,
        "contributor": site.provider.id,
        "member": site.provider.id,
        "coordinator": site.network.id,
        "checker": site.network.id,
        "safeguarding": site.network.id,
    }
    return f"/account/roles/{role}/{places[role]}" if role in places else f"/account/roles/{role}"


def leave(visitor: Visitor, path: str) -> Page:
    return visitor.fill_in(path)


def roles_of(site: Site, who: str) -> set[Role]:
    with site.database.reading() as connection:
        return {each.role for each in stored_accounts.own_memberships_of(connection, site.account_id(who))}


def second(site: Site, role: Role, organisation_id: str) -> None:
    accounts.add_account(site.database, f"second-{role.value}@example.org", "-", [Membership(role, organisation_id)])


@pytest.mark.parametrize("who", ["contributor", "member", "checker", "editor", "auditor"])
def test_whoever_is_not_alone_in_looking_after_something_leaves_by_themselves(site: Site, who: str):
    visitor = site.visitor(who)
    listed = visitor.get("/account/roles")
    (link,) = [each.get("href") for each in listed.select(".account-list__item a")]
    assert link == path_of(site, who)
    assert visitor.get(link).words("h1") == ["Do you want to leave?"]
    assert roles_of(site, who)

    assert leave(visitor, link).status == 303

    assert roles_of(site, who) == set()
    after = visitor.get("/account/roles")
    assert "You have left" in after.said
    assert "You have no role at the moment" in after.said
    deed = [line for line, _ in all_lines(site.database) if line.deed.value == "role taken away"][-1]
    assert (deed.account_id, deed.about) == (site.account_id(who), str(site.account_id(who)))


def test_who_has_left_sees_nothing_of_it_from_the_next_page_on(site: Site):
    of, visitor = site.open_round(), site.visitor("member")
    assert visitor.get(f"/rounds/{of.id}").status == 200

    leave(visitor, path_of(site, "member"))

    assert visitor.get(f"/rounds/{of.id}").status == 404


@pytest.mark.parametrize("who", ["lead", "coordinator", "administrator"])
def test_whoever_is_alone_hands_over_first(site: Site, who: str):
    visitor, path = site.visitor(who), path_of(site, who)
    page = visitor.get(path)
    assert page.words("h1") == ["You cannot leave yet"]
    assert "Hand over first" in page.said
    assert page.select("main form") == []

    refused = visitor.fill_in("/account", to=path)
    assert refused.status == 409
    assert "Hand over first" in refused.said
    assert roles_of(site, who)

    organisation_id = path.split("/")[4] if path.count("/") > 3 else INSTALLATION
    second(site, Role(who), organisation_id)
    assert leave(visitor, path).status == 303
    assert roles_of(site, who) == set()


def test_the_second_last_lead_who_left_meanwhile_makes_the_other_stay(site: Site):
    second(site, Role.LEAD, site.provider.id)
    visitor, path = site.visitor("lead"), path_of(site, "lead")
    token = visitor.get(path).select("input[name=csrf_token]")[0].get("value")
    with site.database.reading() as connection:
        other = stored_accounts.id_of(connection, "second-lead@example.org") or 0
    teams.take_role_away(site.database, other, Membership(Role.LEAD, site.provider.id))

    page = visitor.post(path, {"csrf_token": token})

    assert (page.status, page.words("h1")) == (409, ["You cannot leave yet"])
    assert roles_of(site, "lead") == {Role.LEAD}


def test_whoever_reads_worries_names_another_contact_first(site: Site):
    visitor, path = site.visitor("safeguarding"), path_of(site, "safeguarding")
    assert "name somebody else first" in visitor.get(path).said
    assert visitor.fill_in("/account", to=path).status == 409

    remove_contact(site.database, site.network.id, site.contact.id)

    assert leave(visitor, path).status == 303
    assert roles_of(site, "safeguarding") == set()


def test_nobody_leaves_what_is_not_theirs_and_no_page_tells_what_there_is(site: Site):
    visitor = site.visitor("member")
    for path in (
        path_of(site, "lead"),
        f"/account/roles/member/{site.other_provider.id}",
        f"/account/roles/member/{add_provider(site.database, 'New').id}",
        "/account/roles/member/nowhere",
        "/account/roles/administrator",
        "/account/roles/king",
        "/account/roles/signed-in",
    ):
        assert visitor.get(path).status == 404
        assert visitor.fill_in("/account", to=path).status == 404
    assert roles_of(site, "member") == {Role.MEMBER}


def test_leaving_asks_again_who_it_is_after_a_while(site: Site):
    visitor = stale(site.visitor("member"))

    assert visitor.get(path_of(site, "member")).response.headers["Location"].startswith("/verify?next=")


def test_a_form_sent_twice_leaves_once(site: Site):
    visitor, path = site.visitor("member"), path_of(site, "member")
    token = visitor.get(path).select("input[name=csrf_token]")[0].get("value")

    assert [visitor.post(path, {"csrf_token": token}).status for _ in range(2)] == [303, 404]


def test_somebody_with_several_roles_is_told_which_is_the_last(site: Site):
    with site.database.writing() as connection:
        also = Membership(Role.CHECKER, site.network.id)
        stored_accounts.add_membership(connection, site.account_id("member"), also)
    visitor = site.visitor("member")
    assert len(visitor.get("/account/roles").select(".account-list__item")) == 2
    assert "It is your only role" not in visitor.get(path_of(site, "member")).said

    leave(visitor, path_of(site, "checker"))

    assert "It is your only role" in visitor.get(path_of(site, "member")).said
