"""A provider's sites on its pages, and what everybody reads of a round for one of them."""

from io import BytesIO

import openpyxl
import pytest

from app.responses import Round
from app.services import sites
from app.services.calling_off import cancel_round
from app.services.rounds import open_round
from app.standards import Audience
from app.surveys import Length
from tests.days import TODAY
from tests.site import SURVEY, TABLET, WHY, Page, Site, Visitor


@pytest.fixture
def lead(site: Site) -> Visitor:
    return site.visitor("lead")


def page_of(site: Site) -> str:
    return f"/providers/{site.provider.id}"


def round_for(site: Site, site_id: str | None) -> Round:
    return open_round(
        site.database, site.provider.id, SURVEY, length=Length.SHORT, on=TODAY, purpose=WHY, site_id=site_id
    )


def add(site: Site, lead: Visitor, name: str) -> Page:
    form = {"site_name": name, "new_id": lead.get(page_of(site)).select("input[name=new_id]")[0].get("value")}
    return lead.fill_in(page_of(site), form, to=f"{page_of(site)}/sites")


def before(page: Page) -> str:
    return str(page.select("input[name=before]")[0].get("value"))


def test_a_lead_adds_a_site_and_is_told_how_not_to_name_it(site: Site, lead: Visitor):
    page = lead.get(page_of(site))
    assert "Not the name or the address of one person" in page.said
    assert "networks count your organisation once" in page.said

    assert add(site, lead, "Maple House").status == 303
    assert "Maple House" in lead.get(page_of(site)).words("h3")

    for name, says in (("", "Give a name"), ("Maple house", "There is a site with this name already")):
        refused = add(site, lead, name)
        assert (refused.status, says in refused.said) == (422, True)
    assert refused.select("input[name=site_name]")[0].get("value") == "Maple house"
    assert [each.name for each in sites.sites_of(site.database, site.provider.id)] == ["Maple House"]


def test_a_form_for_a_site_that_is_sent_twice_adds_one(site: Site, lead: Visitor):
    form = {"site_name": "Maple House", "new_id": "6" * 16}
    for _ in range(2):
        assert lead.fill_in(page_of(site), form, to=f"{page_of(site)}/sites").status == 303
    assert len(sites.sites_of(site.database, site.provider.id)) == 1


def test_a_lead_renames_archives_and_brings_back_a_site(site: Site, lead: Visitor):
    address = f"{page_of(site)}/sites/{site.add_site('Maple House')}"

    assert lead.fill_in(address, {"name": "Maple Court", "before": "Maple House"}, to=f"{address}/rename").status == 303
    page = lead.get(address)
    assert page.words("h1") == ["Maple Court"]
    assert lead.fill_in(address, {"before": before(page)}, to=f"{address}/archive").status == 303
    assert "No round is opened here" in lead.get(address).said
    assert "Archived" in lead.get(page_of(site)).said
    assert lead.fill_in(address, {}, to=f"{address}/bring-back").status == 303
    assert "No round is opened here" not in lead.get(address).said


def test_two_leads_see_each_others_change(site: Site, lead: Visitor):
    site_id = site.add_site("Maple House")
    address = f"{page_of(site)}/sites/{site_id}"
    shown = before(lead.get(address))
    sites.rename_site(site.database, site_id, "Maple Court", before=shown)

    for form, to in (({"name": "Maple Lane", "before": shown}, "rename"), ({"before": shown}, "archive")):
        page = lead.fill_in(address, form, to=f"{address}/{to}")
        assert page.status == 409
        assert "Somebody else changed this site" in page.said
        assert (page.words("h1"), before(page)) == (["Maple Court"], "Maple Court")


def test_a_site_with_an_open_round_says_what_to_do_first(site: Site, lead: Visitor):
    site_id = site.add_site("Maple House")
    round_for(site, site_id)
    address = f"{page_of(site)}/sites/{site_id}"

    page = lead.fill_in(address, {"before": "Maple House"}, to=f"{address}/archive")
    assert (page.status, "Close it first" in page.said) == (409, True)


def test_a_name_that_is_not_taken_stays_in_the_form(site: Site, lead: Visitor):
    address = f"{page_of(site)}/sites/{site.add_site('Maple House')}"
    site.add_site("Mill")

    for name, says in (("MILL", "with this name already"), (" ", "Give a name")):
        page = lead.fill_in(address, {"name": name, "before": "Maple House"}, to=f"{address}/rename")
        assert (page.status, says in page.said) == (422, True)
        assert page.select("input[name=name]")[0].get("value") == name


def test_a_site_of_another_provider_is_not_there(site: Site, lead: Visitor):
    other = sites.add_site(site.database, site.other_provider.id, "Elsewhere")

    for address in (f"{page_of(site)}/sites/{other.id}", f"/providers/{site.other_provider.id}/sites/{other.id}"):
        assert lead.get(address).status == 404
        assert lead.fill_in(page_of(site), {"before": "Elsewhere"}, to=f"{address}/archive").status == 404
    assert site.visitor("contributor").get(f"{page_of(site)}/sites/{site.add_site()}").status == 404


FORM = {
    "length": "short", "provider_view": "agreed", "purpose": "To learn.",
    "basis": "legitimate-interests", "condition": "explicit-consent",
}  # fmt: skip


def test_a_round_is_opened_for_the_whole_provider_or_for_one_site(site: Site, lead: Visitor):
    assert "Before you choose one site" not in lead.get("/rounds/new").text
    maple, mill = site.add_site("Maple House"), site.add_site("Old mill")
    sites.archive_site(site.database, mill, TODAY, before="Old mill")

    page = lead.get("/rounds/new")
    offered = [each.get("value") for each in page.select("input[name=provider]")]
    assert offered == [site.provider.id, f"{site.provider.id}/{maple}"]
    assert "half a year" in page.said
    for chosen in (f"{site.provider.id}/{mill}", f"{site.other_provider.id}/{maple}", ""):
        assert lead.fill_in_whole("/rounds/new", {**FORM, "provider": chosen}).status == 422
    opened = lead.fill_in_whole("/rounds/new", {**FORM, "provider": offered[1]})

    assert opened.status == 303, opened.said
    shown = lead.get(opened.response.headers["Location"])
    assert "Maple House, of Bramble Way Support" in shown.words(".govuk-caption-xl")
    assert "Maple House, one site of Bramble Way Support" in shown.said


def test_a_round_that_may_not_be_opened_says_why_and_keeps_what_was_typed(site: Site, lead: Visitor):
    round_for(site, site.add_site("Maple House"))

    form = {**FORM, "provider": site.provider.id, "purpose": "To hear everybody."}
    refused = lead.fill_in_whole("/rounds/new", form)

    assert refused.status == 409
    assert "A round for one of your sites is open" in refused.said
    assert "To hear everybody." in refused.said


def test_rounds_are_listed_by_site(site: Site, lead: Visitor):
    earlier = round_for(site, None)
    cancel_round(site.database, earlier.id, TODAY)
    assert lead.get("/rounds").select(".places") == []
    maple, mill = site.add_site("Maple House"), site.add_site("Old mill")
    for each in (maple, mill):
        round_for(site, each)

    def open_at(page: Page) -> list[str]:
        return sorted(each.partition(":")[0] for each in page.words("article h3 a"))

    page = lead.get("/rounds")
    assert page.words(".places a") == ["All rounds", "Whole provider", "Maple House", "Old mill"]
    assert open_at(page) == open_at(lead.get("/rounds?place=no-such-place")) == ["Maple House", "Old mill"]
    chosen = lead.get(f"/rounds?place={maple}")
    assert open_at(chosen) == chosen.words(".places [aria-current]") == ["Maple House"]
    whole = lead.get(f"/rounds?place={site.provider.id}")
    assert (open_at(whole), "Called off" in whole.words("h3")) == ([], True)


@pytest.mark.parametrize("language", ["en", "cy"])
def test_people_read_whom_the_questions_are_about_before_they_agree(site: Site, language: str):
    site.language = language
    link, reader = site.link(round_for(site, site.add_site("Maple House"))), site.visitor()

    for path in ("", "/consent?edition=easy-read", "/privacy?edition=standard"):
        page = reader.get(f"{link}{path}")
        assert page.status == 200
        assert "Maple House" in page.said
        assert "Bramble Way Support" in page.said


def test_whoever_asks_for_the_whole_provider_names_no_site(site: Site):
    site.add_site("Maple House")
    page = site.visitor().get(site.link(site.open_round()))

    assert page.words(".govuk-caption-xl") == ["Bramble Way Support"]
    assert "You are asked about" not in page.said


def test_links_and_booklets_for_a_site_name_it(site: Site, lead: Visitor):
    address = f"/rounds/{round_for(site, site.add_site('Maple House')).id}"

    form = {"audience": "person", "count": "1", "made_before": "0"}
    made = lead.fill_in(address, form, to=f"{address}/invite")
    assert "Bramble Way Support asks you about Maple House." in made.said
    assert "Maple House, of Bramble Way Support" in lead.get(f"{address}/booklets").said


def test_checkers_and_their_tablet_read_where_they_go_in_every_language(site: Site):
    checker = site.visitor("checker")
    planned = site.visit(round_for(site, site.add_site("Maple House")), begun=True)

    assert checker.get(f"/visits/{planned.id}").words("h1") == ["Visit to Maple House, of Bramble Way Support"]
    package = checker.get(f"/visits/{planned.id}/package.json", headers={"X-Tablet": TABLET}).response.json
    assert package["provider"] == package["in"]["en"]["about"] == "Maple House, of Bramble Way Support"
    assert package["in"]["cy"]["about"].startswith("Maple House, ")


def test_a_round_for_a_site_is_told_from_others_beside_evidence(site: Site, lead: Visitor):
    round_for(site, site.add_site("Maple House"))

    offered = lead.get(f"/providers/{site.provider.id}/evidence/new").words("select[name=round] option")
    assert [each.endswith(", Maple House, of Bramble Way Support") for each in offered] == [False, True]


def test_a_concern_says_from_which_site_it_came(site: Site):
    site.tell(round_for(site, site.add_site("Maple House")))

    assert "Maple House, of Bramble Way Support" in site.visitor("safeguarding").get("/concerns").said


def test_a_result_of_a_site_names_it_everywhere(site: Site, lead: Visitor):
    of = round_for(site, site.add_site("Maple House"))
    site.add_responses(of, Audience.PERSON, ["yes", "yes", "no", "no", "sometimes"])
    assert lead.fill_in(f"/rounds/{of.id}/close", {"typed": "Bramble Way Support"}).status == 422
    assert lead.fill_in(f"/rounds/{of.id}/close", {"typed": "maple house"}).status == 303

    page = lead.get(f"/rounds/{of.id}/result")
    assert page.words(".govuk-caption-xl")[0].startswith("Maple House, of Bramble Way Support, round closed")
    book = lead.get(f"/rounds/{of.id}/report.xlsx")
    assert "maple-house" in book.response.headers["Content-Disposition"]
    cells = [row for sheet in openpyxl.load_workbook(BytesIO(book.response.data)) for row in sheet.values]
    assert sum(row[:2] == ("Site", "Maple House") for row in cells) == 2
    assert lead.get(f"/rounds/{of.id}/report.json").response.json["site"] == "Maple House"


def test_a_result_of_the_whole_provider_names_no_site(site: Site, lead: Visitor):
    of = site.closed_round()

    assert lead.get(f"/rounds/{of.id}/report.json").response.json["site"] is None
    assert ",site," not in lead.get(f"/rounds/{of.id}/report.csv").text
