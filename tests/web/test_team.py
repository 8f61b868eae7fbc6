import re

import pytest

from app.organisations import Membership, Role
from app.services import teams
from app.services.log import all_lines
from tests.site import Page, Site, Visitor

JO = "jo.bell@example.org"


def team(site: Site) -> str:
    return f"/providers/{site.provider.id}/team"


def link_on(page: Page) -> str:
    return "/join/" + re.findall(r"/join/([\w-]+)", page.said)[0]


def invite(site: Site, visitor: Visitor, role: str = "member", email: str = JO) -> Page:
    return visitor.fill_in_whole(team(site), {"email": email, "role": role})


def test_a_lead_invites_a_colleague_who_joins_with_the_link_that_was_handed_over(site: Site):
    lead = site.visitor("lead")
    page = invite(site, lead, "contributor")
    assert page.status == 200
    assert "shown once" in page.said
    assert page.response.headers["Cache-Control"] == "no-store"

    colleague = site.visitor()
    words = "seven quiet otters by the canal"
    joined = colleague.fill_in(link_on(page), {"password": words, "password_again": words})

    assert joined.status == 303
    assert colleague.get("/rounds").status == 200
    assert JO in lead.get(team(site)).said
    assert colleague.get(team(site)).status == 404


def test_the_page_says_what_each_role_may(site: Site):
    said = site.visitor("lead").get(team(site)).said
    assert "Opens rounds, invites people to answer" in said
    assert "sees rounds, results and evidence" in said


def test_a_form_that_is_sent_twice_invites_once(site: Site):
    lead = site.visitor("lead")
    page = lead.get(team(site))
    form = {each.get("name"): each.get("value", "") for each in page.select("main form[novalidate] input[type=hidden]")}

    for _ in range(2):
        assert lead.post(team(site), {**form, "email": JO, "role": "member"}).status == 200

    assert len(site.visitor("lead").get(team(site)).select("#invited ~ ul > li")) == 1


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"email": "", "role": "member"}, "This is not an e-mail address"),
        ({"email": "jo@", "role": "member"}, "This is not an e-mail address"),
        ({"email": JO}, "Choose what they will be"),
        ({"email": JO, "role": "coordinator"}, "Choose what they will be"),
        ({"email": JO, "role": "administrator"}, "Choose what they will be"),
    ],
)
def test_what_cannot_be_is_said_and_what_was_typed_is_kept(site: Site, given: dict[str, str], said: str):
    page = site.visitor("lead").fill_in_whole(team(site), given)

    assert page.status == 422
    assert said in page.words(".govuk-error-summary__list")[0]
    assert page.select("input[name=email]")[0].get("value") == given["email"]


def test_an_invitation_is_sent_again_and_taken_back(site: Site):
    lead = site.visitor("lead")
    first = link_on(invite(site, lead))
    (again,) = [each.get("action") for each in lead.get(team(site)).select("form") if "again" in each.get("action", "")]

    fresh = link_on(lead.fill_in(team(site), to=again))
    assert site.visitor().get(first).status == 404 or "invited" not in site.visitor().get(first).title.lower()
    assert "You are invited" in site.visitor().get(fresh).words("h1")

    lead.fill_in(team(site), to=again.replace("/again", "/take-back"))
    assert "You are invited" not in site.visitor().get(fresh).words("h1")
    assert JO not in lead.get(team(site)).said


def test_an_invitation_of_another_team_is_not_there_to_change(site: Site):
    theirs = site.invite_colleague(Membership(Role.MEMBER, site.other_provider.id))
    lead = site.visitor("lead")

    for what in ("again", "take-back"):
        assert lead.fill_in(team(site), to=f"{team(site)}/invitations/{theirs}/{what}").status == 404


def test_a_lead_changes_a_role_and_takes_one_away(site: Site):
    lead = site.visitor("lead")
    address = f"{team(site)}/{site.account_id('contributor')}/contributor"

    assert lead.fill_in(address, {"role": "member"}).status == 303
    assert site.visitor("contributor").get(f"{team(site)}").status == 404
    now = address.replace("/contributor", "/member")
    assert lead.fill_in(now, {}, to=f"{now}/remove").status == 422
    assert lead.fill_in(now, {"understood": "y"}, to=f"{now}/remove").status == 303

    assert site.people["contributor"] not in lead.get(team(site)).said


def test_the_last_lead_is_told_to_hand_over_first(site: Site):
    lead = site.visitor("lead")
    own = f"{team(site)}/{site.account_id('lead')}/lead"

    page = lead.fill_in(own, {"role": "member"})
    assert page.status == 409
    assert "Give it to somebody else first" in page.said


def test_who_gives_up_their_own_role_begins_anew(site: Site):
    lead = site.visitor("lead")
    contributor = Membership(Role.CONTRIBUTOR, site.provider.id)
    teams.change_role(site.database, site.account_id("contributor"), contributor, Role.LEAD)

    page = lead.fill_in(f"{team(site)}/{site.account_id('lead')}/lead", {"role": "member"})

    assert page.response.headers["Location"] == "/rounds"
    assert lead.get("/rounds").status == 200
    assert lead.get(team(site)).status == 404


def test_what_two_leads_change_at_once_is_told_to_the_second(site: Site):
    lead = site.visitor("lead")
    address = f"{team(site)}/{site.account_id('contributor')}/contributor"
    lead.get(address)
    teams.take_role_away(site.database, site.account_id("contributor"), Membership(Role.CONTRIBUTOR, site.provider.id))

    page = lead.fill_in(team(site), {"role": "member"}, to=address)
    assert page.status == 409
    assert "Somebody changed the team meanwhile" in page.said


def test_an_administrator_appoints_a_first_lead_and_coordinator(site: Site):
    administrator = site.visitor("administrator")
    for where, role in (
        (f"/providers/{site.other_provider.id}/team", "lead"),
        (f"/networks/{site.network.id}/team", "coordinator"),
    ):
        assert administrator.fill_in_whole(where, {"email": JO, "role": role}).status == 200
    assert administrator.fill_in_whole("/administration/team", {"email": JO, "role": "auditor"}).status == 200
    assert [line.deed.value for line, _ in all_lines(site.database)][-3:] == ["colleague invited"] * 3


def test_an_administrator_sees_no_rounds_and_no_results(site: Site):
    of = site.closed_round()
    administrator = site.visitor("administrator")
    for path in (f"/rounds/{of.id}", f"/rounds/{of.id}/result", f"/providers/{site.provider.id}/evidence"):
        assert administrator.get(path).status == 404
