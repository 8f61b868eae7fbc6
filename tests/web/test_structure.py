import re

import pytest

from app.organisations import Membership, Role
from app.services import joining_networks, organising
from app.services.organising import join_network
from tests.site import Page, Site


def members(site: Site) -> str:
    return f"/networks/{site.network.id}/members"


def test_a_coordinator_invites_a_provider_and_its_lead_says_yes(site: Site):
    coordinator = site.visitor("coordinator")
    joining_networks.leave(site.database, site.network.id, site.provider.id)

    page = coordinator.fill_in_whole(members(site), {"name": "Bramble Way, Ann"})
    link = re.findall(r"/join-network/[\w-]+", page.said)[0]
    assert page.response.headers["Cache-Control"] == "no-store"
    assert "Bramble Way, Ann" in coordinator.get(members(site)).said

    lead = site.visitor("lead")
    asked = lead.get(link)
    assert "What the network sees, and what it does not" in asked.said
    assert lead.fill_in_whole(link, {"provider": site.provider.id}).status == 422
    assert lead.fill_in_whole(link, {"provider": site.provider.id, "understood": "y"}).status == 303

    assert site.provider.name in coordinator.get(members(site)).words("h3")
    used = lead.get(link)
    assert used.status == 409
    assert "Ask the network’s coordinator for a fresh one" in used.said


def test_a_lead_leaves_a_network_after_reading_what_changes(site: Site):
    lead = site.visitor("lead")
    address = f"/providers/{site.provider.id}/networks/{site.network.id}/leave"

    assert "Nobody can find yours in them" in lead.get(address).said
    assert lead.fill_in(address).status == 422
    assert lead.fill_in(address, {"understood": "y"}).status == 303
    assert "In no network" in lead.get(f"/providers/{site.provider.id}").said
    assert lead.get(address).status == 404


def test_a_coordinator_removes_a_member_and_another_network_s_is_not_there(site: Site):
    coordinator = site.visitor("coordinator")
    address = f"{members(site)}/{site.provider.id}/remove"

    assert coordinator.fill_in(address, {"understood": "y"}).status == 303
    assert coordinator.get(address).status == 404
    assert site.visitor("other coordinator").get(members(site)).status == 404


@pytest.mark.parametrize(
    ("who", "page", "says"),
    [
        ("lead", "/providers/{provider}", "Archived on"),
        ("coordinator", "/networks/{network}/members", "Archived on"),
    ],
)
def test_what_is_archived_says_so_and_comes_back(site: Site, who: str, page: str, says: str):
    address = page.format(provider=site.provider.id, network=site.network.id)
    visitor = site.visitor(who)
    assert visitor.fill_in(address, {}, to=f"{address}/archive").status == 422
    assert visitor.fill_in(address, {"understood": "y"}, to=f"{address}/archive").status == 303

    assert says in visitor.get(address).said
    assert visitor.fill_in(address, {}, to=f"{address}/bring-back").status == 303
    assert says not in visitor.get(address).said


def test_a_provider_with_an_open_round_says_what_to_do_first(site: Site):
    site.open_round()
    lead, address = site.visitor("lead"), f"/providers/{site.provider.id}"

    page = lead.fill_in(address, {"understood": "y"}, to=f"{address}/archive")
    assert page.status == 409
    assert "Close it first" in page.said


def test_names_are_changed_and_what_cannot_be_is_kept_to_be_put_right(site: Site):
    lead, address = site.visitor("lead"), f"/providers/{site.provider.id}"
    assert lead.fill_in(address, {"name": "Bramble Lane"}, to=f"{address}/rename").status == 303
    assert lead.get(address).words("h1") == ["Bramble Lane"]

    page = lead.fill_in(address, {"name": "x" * 300}, to=f"{address}/rename")
    assert page.status == 422
    assert page.select("#name")[0].get("value") == "x" * 300
    coordinator, network = site.visitor("coordinator"), members(site)
    assert coordinator.fill_in(network, {"name": "West"}, to=f"{network}/rename").status == 303
    assert coordinator.fill_in(network, {"name": ""}, to=f"{network}/rename").status == 422


def added(page: Page) -> str:
    return page.response.headers["Location"]


def test_an_administrator_adds_a_provider_and_a_network_and_comes_to_their_teams(site: Site):
    administrator = site.visitor("administrator")
    assert administrator.get("/rounds").response.headers["Location"] == "/administration"
    hidden = {each.get("name"): each.get("value") for each in administrator.get("/administration").select("input")}

    for kind in ("provider", "network"):
        page = administrator.post(
            f"/administration/{kind}s",
            {"csrf_token": hidden["csrf_token"], f"{kind}-new_id": hidden[f"{kind}-new_id"], f"{kind}-name": "New"},
        )
        assert added(page).endswith("/team")
        assert administrator.get(added(page)).status == 200
        empty = administrator.post(f"/administration/{kind}s", {"csrf_token": hidden["csrf_token"]})
        assert empty.status == 422
    assert [each.name for each in organising.networks(site.database)].count("New") == 1


def test_an_administrator_merges_two_providers_and_the_team_that_stays_reads_both(site: Site):
    of = site.closed_round()
    join_network(site.database, organising.add_network(site.database, "West").id, site.provider.id)
    administrator, address = site.visitor("administrator"), f"/administration/providers/{site.provider.id}/merge"

    assert site.visitor("other lead").get(f"/rounds/{of.id}/result").status == 404
    assert administrator.fill_in_whole(address, {"into": site.other_provider.id}).status == 422
    done = {"into": site.other_provider.id, "understood": "y"}
    assert administrator.fill_in_whole(address, done).status == 303

    assert site.visitor("other lead").get(f"/rounds/{of.id}/result").status == 200
    assert site.visitor("lead").get(f"/rounds/{of.id}/result").status == 200
    assert "has become part of another one" in site.visitor("lead").get(f"/providers/{site.provider.id}").said
    assert administrator.fill_in_whole(address, done).status in (409, 422)


def test_a_membership_in_what_was_merged_is_one_in_what_stays(site: Site):
    site.visitor("administrator").fill_in_whole(
        f"/administration/providers/{site.provider.id}/merge", {"into": site.other_provider.id, "understood": "y"}
    )
    lead = site.visitor("lead")
    assert lead.get(f"/providers/{site.other_provider.id}/team").status == 200
    assert Membership(Role.LEAD, site.provider.id) != Membership(Role.LEAD, site.other_provider.id)
