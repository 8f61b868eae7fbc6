"""Why a round asks: said by whoever opens it, and read by whoever is asked."""

import pytest

from app.responses import SUGGESTED_PURPOSE, UNSAID, HealthCondition, LawfulBasis, Purpose
from app.services.answering import submit
from app.services.calling_off import cancel_round
from app.services.rounds import all_rounds
from app.surveys import Edition
from tests.days import TODAY
from tests.site import Site

NEW = {"new_id": "0123456789abcdef", "length": "short", "provider_view": "agreed"}


def test_a_lead_who_opens_a_round_is_offered_words_and_a_basis_and_changes_both(site: Site):
    lead = site.visitor("lead")
    page = lead.get("/rounds/new")
    assert page.words("textarea[name=purpose]") == [SUGGESTED_PURPOSE]
    assert page.select("input[name=basis][value=legitimate-interests][checked]")
    assert page.select("input[name=condition][value=explicit-consent][checked]")

    said = {"purpose": "To learn.", "basis": "public-task", "condition": "social-care", "last_on": "1 1 2028"}
    lead.fill_in("/rounds/new", {**NEW, **said})

    ((of, _),) = all_rounds(site.database, provider_id=site.provider.id)
    assert of.purpose == Purpose("To learn.", LawfulBasis.PUBLIC_TASK, HealthCondition.SOCIAL_CARE)
    assert str(of.last_on) == "2028-01-01"
    shown = lead.get(f"/rounds/{of.id}").said
    assert "To learn." in shown
    assert "Public task; for what says something about health: health or social care" in shown


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("purpose", "  ", "Say why you ask"),
        ("purpose", "x" * 501, "at most 500 characters"),
        ("basis", "because", "Choose one of these"),
        ("condition", "", "Choose one of these"),
        ("last_on", "1 1 2020", "today or later"),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_opened(site: Site, field: str, value: str, said: str):
    page = site.visitor("lead").fill_in("/rounds/new", {**NEW, field: value})

    assert page.status == 422
    assert said in page.said
    assert all_rounds(site.database, provider_id=site.provider.id) == ()


def test_a_coordinator_says_it_for_every_round_of_a_campaign(site: Site):
    form = {"new_id": "0123456789abcdef", "length": "short", "purpose": "To compare.", "basis": "consent"}

    site.visitor("coordinator").fill_in(f"/networks/{site.network.id}/campaigns/new", form)

    found = [of.purpose for of, _ in all_rounds(site.database, campaign_id="0123456789abcdef")]
    assert found == [Purpose("To compare.", LawfulBasis.CONSENT)] * 7


def test_the_lead_s_words_are_quoted_as_theirs_in_english_and_escaped(site: Site):
    link = site.link(site.open_round(purpose=Purpose("We <b>ask</b> & learn.", LawfulBasis.CONSENT)))
    for site.language, marked in (("en", None), ("cy", "en")):
        for page in ("consent", "privacy"):
            shown = site.visitor().get(f"{link}/{page}")
            (quoted,) = shown.select("blockquote")
            assert shown.words("blockquote") == ["“We <b>ask</b> & learn.”"]
            assert quoted.get("lang") == marked


def test_who_is_asked_reads_the_lawful_basis_in_plain_words_before_they_say_yes(site: Site):
    said = {
        LawfulBasis.LEGITIMATE_INTERESTS: "legitimate interests",
        LawfulBasis.PUBLIC_TASK: "public task",
        LawfulBasis.CONSENT: "consent",
        LawfulBasis.LEGAL_OBLIGATION: "legal obligation",
        LawfulBasis.CONTRACT: "contract",
    }
    for basis, name in said.items():
        visitor, link = site.visitor(), site.link(site.open_round(purpose=Purpose("To learn.", basis)))
        consent = visitor.get(f"{link}/consent?edition=easy-read")
        (address,) = [each.get("href") for each in consent.select("main section a") if "/privacy" in each.get("href")]

        page = visitor.get(address)

        assert f"The law calls this “{name}”." in page.said
        assert "The law calls this “explicit consent”." in page.said
        assert page.select("html.easy-read")
        assert page.select("h2 img")


def test_a_round_that_said_nothing_says_that_nobody_said_it(site: Site):
    page = site.visitor().get(f"{site.link(site.open_round(purpose=UNSAID))}/privacy")

    assert "Bramble Way Support has not written down why it asks." in page.said
    assert "has not written down which part of the law it uses" in page.said
    assert not page.select("blockquote")


def test_the_page_about_privacy_names_who_is_responsible_and_leads_to_every_right(site: Site):
    link, visitor = site.begun(site.open_round())
    begun = visitor.get(f"{link}/privacy")
    submit(site.database, link.removeprefix("/a/"), TODAY)

    sent = visitor.get(f"{link}/privacy")

    assert "Bramble Way Support is responsible" in begun.said
    assert "Information Commissioner’s Office" in begun.said
    assert {f"{link}/withdraw"} <= {each.get("href") for each in begun.select("main a")}
    assert {f"{link}/withdraw", f"{link}/result", "/privacy"} <= {each.get("href") for each in sent.select("main a")}
    assert sent.select(f"footer a[href^='{link}/privacy']")


def test_outside_the_united_kingdom_nobody_is_sent_to_its_commissioner(site: Site):
    site.app.extensions["driving_seat_settings"] = site.settings.model_copy(update={"uk_help_numbers": False})

    assert "Commissioner" not in site.visitor().get(f"{site.link(site.open_round())}/privacy").said


def test_the_page_about_privacy_shows_nothing_of_anybody_s_answers_to_a_strange_device(site: Site):
    link = site.begun_link(site.open_round(), Edition.EASY_READ)

    page = site.visitor().get(f"{link}/privacy")

    assert page.status == 200
    assert "Is this you" not in page.said


def test_people_are_told_that_a_round_was_called_off_and_take_their_answers_back_at_once(site: Site):
    of = site.open_round()
    unused, (link, visitor) = site.link(of), site.begun(of)
    cancel_round(site.database, of.id, TODAY)

    assert "There is nothing that you need to do." in site.visitor().get(unused).said
    page = visitor.get(link)
    assert "Nobody reads your answers. They are deleted on 21 December 2026." in page.said
    assert visitor.post(f"{link}/q/S01.a", {"answer": "yes"}).status == 409

    after = visitor.post(f"{link}/withdraw", follow_redirects=True)
    assert "Your answers have been taken back" in after.said
    assert "results" not in after.said
    assert "ask for a new link" not in after.said
