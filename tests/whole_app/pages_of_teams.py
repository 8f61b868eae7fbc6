"""Pages of organisations, teams, evidence, the log and one's own account, as those see them who may."""

from tests.site import Page, Site


def pages_of_teams(site: Site) -> dict[str, Page]:
    return (
        provider_pages(site) | network_pages(site) | installation_pages(site) | evidence_pages(site) | own_pages(site)
    )


def provider_pages(site: Site) -> dict[str, Page]:
    lead, path = site.visitor("lead"), f"/providers/{site.provider.id}"
    colleague = f"{path}/team/{site.account_id('contributor')}/contributor"
    return {
        "provider": lead.get(path),
        "provider, archive not ticked": lead.fill_in(path, to=f"{path}/archive"),
        "join a network": site.visitor("other lead").get(f"/join-network/{site.network_invitation()}"),
        "a site": lead.get(f"{path}/sites/{site.add_site()}"),
        "leave a network": lead.get(f"{path}/networks/{site.network.id}/leave"),
        "team": lead.get(f"{path}/team"),
        "team, nothing given": lead.fill_in_whole(f"{path}/team", {}),
        "invited": lead.fill_in_whole(f"{path}/team", {"email": "jo@example.org", "role": "member"}),
        "colleague": lead.get(colleague),
        "colleague, role not ticked": lead.fill_in(colleague, to=f"{colleague}/remove"),
    }


def network_pages(site: Site) -> dict[str, Page]:
    coordinator, path = site.visitor("coordinator"), f"/networks/{site.network.id}"
    return {
        "members": coordinator.get(f"{path}/members"),
        "members, nothing given": coordinator.fill_in_whole(f"{path}/members", {"name": ""}),
        "a link for a provider": coordinator.fill_in_whole(f"{path}/members", {"name": "Rowan"}),
        "remove a member": coordinator.get(f"{path}/members/{site.provider.id}/remove"),
        "network's team": coordinator.get(f"{path}/team"),
    }


def installation_pages(site: Site) -> dict[str, Page]:
    administrator, auditor = site.visitor("administrator"), site.visitor("auditor")
    return {
        "administration": administrator.get("/administration"),
        "administration, nothing given": administrator.fill_in("/administration", to="/administration/providers"),
        "merge": administrator.get(f"/administration/providers/{site.provider.id}/merge"),
        "installation's team": administrator.get("/administration/team"),
        "log": auditor.get("/log"),
        "log, checked": auditor.get("/log/check"),
    }


def evidence_pages(site: Site) -> dict[str, Page]:
    lead, path = site.visitor("lead"), f"/providers/{site.provider.id}/evidence"
    kept = f"{path}/{site.keep_evidence().id}"
    return {
        "evidence": lead.get(path),
        "add evidence": lead.get(f"{path}/new"),
        "add evidence, nothing given": lead.fill_in(f"{path}/new"),
        "a file": lead.get(kept),
        "delete a file": lead.get(f"{kept}/delete"),
    }


def own_pages(site: Site) -> dict[str, Page]:
    member, stranger = site.visitor("member"), site.visitor()
    own = (
        "",
        "/second-step",
        "/sessions",
        "/what-we-keep",
        "/close",
        "/password",
        "/address",
        "/passkeys",
        "/letters",
        "/roles",
    )
    found = {f"account{path}": member.get(f"/account{path}") for path in own}
    asked = {"email": site.people["member"]}
    return found | {
        "account, app": member.get("/account/second-step/app"),
        "account, codes": member.get("/account/recovery-codes"),
        "account, leave": member.get(f"/account/roles/member/{site.provider.id}"),
        "account, close, nothing typed": member.fill_in("/account/close"),
        "ask for a letter": stranger.get("/sign-in/letter"),
        "a letter was asked for": stranger.fill_in("/sign-in/letter", asked),
        "forgotten": stranger.get("/reset"),
        "a link that is over": stranger.get("/reset/nothing"),
        "invitation that is over": stranger.get("/join/nothing"),
        "stop letters": stranger.get("/stop/nothing"),
    }
