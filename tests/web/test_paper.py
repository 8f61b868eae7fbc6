"""Booklets and typing them in, as a lead and a checker do it in a browser without JavaScript."""

import re

import pytest

from app.responses import ResponseState, Round
from app.services import answering
from app.services.closing import close_round
from app.services.inviting import invite
from app.services.links import grouped, normalised, response_id
from app.services.rounds import open_round, view_of
from app.standards import Audience
from app.storage import responses
from app.surveys import Length
from tests.days import TODAY
from tests.pdf_reading import texts_of
from tests.site import SURVEY, Page, Site, Visitor

CODE = re.compile(r"\b[0-9A-HJKMNP-TV-Z]{4}(?:-[0-9A-HJKMNP-TV-Z]{4}){4}\b")
KIND = {"edition": "easy-read", "language": "en"}


def make_booklets(site: Site, of: Round, **changed: str) -> Page:
    form = {**KIND, "audience": "person", "count": "3", "made_before": "0", **changed}
    return site.visitor("lead").fill_in(f"/rounds/{of.id}/booklets", form)


def checked_round(site: Site) -> Round:
    return open_round(site.database, site.provider.id, SURVEY, length=Length.SHORT, on=TODAY, paper_is_checked=True)


def code_of(site: Site, of: Round) -> str:
    return grouped(invite(site.database, of.id, Audience.PERSON, 1)[0].token)


def open_booklet(visitor: Visitor, of: Round, code: str) -> Page:
    return visitor.fill_in(f"/rounds/{of.id}/paper", {"code": code, **KIND})


def type_in(visitor: Visitor, of: Round, code: str, **answers: str) -> Page:
    """Open a booklet, type it in, check, and send what the check page carries."""
    page = open_booklet(visitor, of, code)
    assert page.status == 200, page.said
    page = send(visitor, page, {"consent": "ticked", "how": "self", **answers})
    assert page.status == 200, page.said
    return send(visitor, page)


def send(visitor: Visitor, page: Page, more: dict[str, str] | None = None, button: int = 0) -> Page:
    """Send one of a page's forms as it stands there."""
    form = page.select("main form")[button]
    carried = {each.get("name"): each.get("value", "") for each in form.iter("input") if each.get("type") == "hidden"}
    pressed = {each.get("name"): each.get("value") for each in form.iter("button") if each.get("name")}
    return visitor.post(form.get("action"), {**carried, **pressed, **(more or {})})


def stored(site: Site, code: str):
    with site.database.reading() as connection:
        found = responses.find(connection, response_id(normalised(code)))
    return found.response if found else None


def test_a_lead_gets_one_pdf_with_a_code_for_each_booklet_and_every_code_opens_its_link(site: Site):
    of = site.open_round()

    page = make_booklets(site, of)

    assert page.response.mimetype == "application/pdf"
    assert page.response.headers["Cache-Control"] == "no-store"
    assert "attachment" in page.response.headers["Content-Disposition"]
    texts = texts_of(page.response.get_data())
    codes = [CODE.findall(text) for text in texts]
    on_covers = [found[0] for found, text in zip(codes, texts, strict=True) if "The code of this booklet" in text]
    to_keep = [found[0] for found, text in zip(codes, texts, strict=True) if "The code of your booklet" in text]
    assert len(set(on_covers)) == 3
    assert on_covers == to_keep
    assert len(texts) % 3 == 0
    assert [text.count("Question 7 of 10") for text in texts].count(1) == 3
    assert f"Page {len(texts) // 3} of {len(texts) // 3}" in texts[-1]
    for code in on_covers:
        assert answering.open_link(site.database, code).audience is Audience.PERSON
    assert view_of(site.database, of.id).turnout[Audience.PERSON].invited == 3


def test_nothing_of_the_codes_is_kept(site: Site):
    of = site.open_round()
    code = CODE.findall(" ".join(texts_of(make_booklets(site, of, count="1").response.get_data())))[0]

    with site.database.reading() as connection:
        kept = str(connection.exec_driver_sql("SELECT * FROM invitation").all())
    assert normalised(code) not in kept
    assert code not in kept
    page = site.visitor("lead").get(f"/rounds/{of.id}/booklets")
    assert not CODE.search(page.text)


def test_a_form_that_is_sent_twice_makes_booklets_once(site: Site):
    of = site.open_round()
    make_booklets(site, of)

    assert make_booklets(site, of).status == 409
    assert view_of(site.database, of.id).turnout[Audience.PERSON].invited == 3


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"count": "51"}, "from 1 to 50"),
        ({"count": "some"}, "from 1 to 50"),
        ({"audience": ""}, "Choose who"),
        ({"edition": "long"}, "Choose the edition"),
        ({"language": "fr"}, "Choose the language"),
    ],
)
def test_what_cannot_be_printed_is_said(site: Site, wrong: dict[str, str], said: str):
    page = make_booklets(site, site.open_round(), **wrong)

    assert page.status == 422
    assert said in page.said


def test_a_specimen_says_so_on_every_page_and_invites_nobody(site: Site):
    of = site.open_round()
    page = site.visitor("lead").get(f"/rounds/{of.id}/booklets/specimen?audience=family&edition=standard&language=en")

    texts = texts_of(page.response.get_data())
    assert all("SPECIMEN" in text for text in texts)
    assert not CODE.search(" ".join(texts))
    assert view_of(site.database, of.id).turnout[Audience.FAMILY].invited == 0
    lead = site.visitor("lead")
    assert lead.get(f"/rounds/{of.id}/booklets/specimen?audience=nobody").status == 422
    assert lead.get(f"/rounds/{of.id}/booklets/specimen?language=fr").status == 422


def test_a_closed_round_makes_no_booklets(site: Site):
    of = site.open_round()
    close_round(site.database, of.id, TODAY)

    assert make_booklets(site, of).status == 409
    assert "has closed" in site.visitor("lead").get(f"/rounds/{of.id}/booklets").said


def test_the_persons_own_result_is_there_once_to_print_in_their_own_language(site: Site):
    of = site.open_round()
    lead, code = site.visitor("lead"), code_of(site, of)
    opened = lead.fill_in(f"/rounds/{of.id}/paper", {"code": code, "edition": "easy-read", "language": "cy"})
    checked = send(lead, opened, {"consent": "ticked", "how": "self", "S01.a": "yes"})

    page = send(lead, checked)

    assert page.select("html[lang=en]")
    assert page.words("section.own-answers.easy-read[lang=cy] h2")[0] == "Fy atebion"
    assert page.select("section.own-answers img.picture")
    assert "My answers" not in page.said
    again = open_booklet(lead, of, code)
    assert not again.select(".own-answers")


def test_an_organisations_booklet_has_no_result_of_a_person(site: Site):
    of = site.open_round()
    code = grouped(invite(site.database, of.id, Audience.PROVIDER, 1)[0].token)

    page = type_in(site.visitor("lead"), of, code, **{"S01.a": "yes"})

    assert "The answers have been sent" in page.said
    assert not page.select(".own-answers")


@pytest.mark.parametrize("who", ["lead", "checker"])
def test_a_lead_or_a_checker_types_a_booklet_in(site: Site, who: str):
    of = site.open_round()
    code = code_of(site, of)

    page = type_in(site.visitor(who), of, code.lower(), **{"S01.a": "yes", "S02.a": "prefer_not"})

    assert "The answers have been sent" in page.said
    assert page.select("section.own-answers[lang=en] dl.answers")
    assert page.words("section.own-answers h2")[0] == "My answers"
    assert stored(site, code).answers == {"S01.a": "yes", "S02.a": "prefer_not"}
    link = site.visitor().get(f"/a/{code}", follow_redirects=True)
    assert page.words("main strong")[0] in link.said or "sent" in link.said
    assert "have been sent already" in open_booklet(site.visitor(who), of, code).said


def test_a_checker_finds_the_rounds_of_their_networks_and_nobody_elses(site: Site):
    of = site.open_round()

    assert f"/rounds/{of.id}/paper" in site.visitor("checker").get("/paper").text
    assert f"/rounds/{of.id}/paper" not in site.visitor("other checker").get("/paper").text
    assert site.visitor("other checker").get(f"/rounds/{of.id}/paper").status == 404


def test_help_and_consent_are_typed_in_too(site: Site):
    of = site.open_round()
    code, visitor = code_of(site, of), site.visitor("lead")

    type_in(visitor, of, code, consent="spoken", witness="friend", how="helped", who="paid-staff", ways="read")

    response = stored(site, code)
    assert response.consent.witness == "friend"
    assert response.paid_staff_helped


def test_without_consent_nothing_is_kept_and_the_page_says_why(site: Site):
    of = site.open_round()
    code, visitor = code_of(site, of), site.visitor("lead")

    page = send(visitor, open_booklet(visitor, of, code), {"S01.a": "yes"})

    assert page.status == 422
    assert page.title.startswith("Error: ")
    assert "Without a ticked or a spoken yes" in page.said
    assert page.select("input[name='S01.a'][value='yes'][checked]")
    assert stored(site, code) is None


def test_what_was_typed_can_be_changed_before_it_is_sent(site: Site):
    of = site.open_round()
    code, visitor = code_of(site, of), site.visitor("lead")
    checked = send(visitor, open_booklet(visitor, of, code), {"consent": "ticked", "S01.a": "yes"})

    again = send(visitor, checked, button=1)

    assert again.select("input[name='S01.a'][value='yes'][checked]")
    assert stored(site, code) is None


def test_a_code_that_is_not_there_is_said_beside_its_field(site: Site):
    of = site.open_round()
    page = open_booklet(site.visitor("lead"), of, "K7QX-2MPA-K7QX-2MPA-K7QX")

    assert page.status == 422
    assert "No booklet of this round has this code" in page.said
    assert page.select("#code[value]")


def test_a_scanned_square_brings_its_edition_and_language(site: Site):
    of = site.open_round()
    scanned = f"http://127.0.0.1:8000/a/{normalised(code_of(site, of))}#{SURVEY}@1.0.0/standard/cy"

    page = site.visitor("lead").fill_in(f"/rounds/{of.id}/paper", {"code": scanned})

    assert page.status == 200
    assert page.select("input[name='edition']")[0].get("value") == "standard"
    assert page.select("input[name='language']")[0].get("value") == "cy"
    assert page.select("legend[lang='cy']")


def test_a_booklet_without_a_code_gets_one_on_the_spot(site: Site):
    of = site.open_round()
    visitor = site.visitor("lead")

    page = visitor.fill_in(f"/rounds/{of.id}/paper/no-code", {**KIND, "audience": "family"})
    code = CODE.findall(page.said)[0]
    done = send(visitor, send(visitor, page, {"consent": "ticked", "S01.a": "no"}))

    assert "Write this code on the booklet now" in page.said
    assert "have been sent" in done.said
    assert stored(site, code).audience is Audience.FAMILY
    assert "Choose who filled" in visitor.fill_in(f"/rounds/{of.id}/paper/no-code", KIND).said


def test_a_form_that_is_sent_twice_gives_one_code(site: Site):
    of = site.open_round()
    visitor = site.visitor("checker")
    asked = visitor.get(f"/rounds/{of.id}/paper/no-code")
    form = {each.get("name"): each.get("value", "") for each in asked.select("main input[type=hidden]")}

    first, second = (
        visitor.post(f"/rounds/{of.id}/paper/no-code", {**form, **KIND, "audience": "person"}) for _ in range(2)
    )

    assert (first.status, second.status) == (200, 409)
    assert "A code was given a moment ago" in second.said
    assert view_of(site.database, of.id).turnout[Audience.PERSON].invited == 1


def test_two_people_type_in_and_settle_where_they_differ(site: Site):
    of = checked_round(site)
    code = code_of(site, of)
    first, second = site.visitor("lead"), site.visitor("checker")

    page = type_in(first, of, code, **{"S01.a": "yes", "S02.a": "no"})
    assert "Kept for a second person" in page.said
    assert stored(site, code).state is ResponseState.STARTED
    for path in ("", "/paper"):
        assert "Booklets that wait for a second person: fewer than 5." in first.get(f"/rounds/{of.id}{path}").said
    assert "typed in once and wait for a second person: fewer than 5" in first.get(f"/rounds/{of.id}/close").said
    assert "You typed this booklet in already" in open_booklet(first, of, code).said

    entry = open_booklet(second, of, code)
    assert "Somebody has typed this booklet in already" in entry.said
    assert not entry.select("input[name='S01.a'][value='yes'][checked]")
    page = type_in(second, of, code, **{"S01.a": "sometimes", "S02.a": "no"})
    assert page.words("main legend") == ["1. " + page.words("main legend")[0].removeprefix("1. ")]
    assert "You: Sometimes" in page.said
    assert "The first person: Yes" in page.said
    assert stored(site, code).state is ResponseState.STARTED

    page = send(second, page, {"settled-S01.a": "yes"})

    assert "The answers have been sent" in page.said
    assert stored(site, code).answers == {"S01.a": "yes", "S02.a": "no"}


def test_a_link_whose_booklet_is_being_typed_in_shows_that_and_none_of_its_answers(site: Site):
    of = checked_round(site)
    code = code_of(site, of)
    type_in(site.visitor("lead"), of, code, **{"S01.a": "yes"})
    holder = site.visitor()

    for page in ("", "/check", "/how", "/q/S01.a"):
        shown = holder.get(f"/a/{normalised(code)}{page}")
        assert (shown.status, shown.words("h1")) == (200, ["Your booklet has arrived"])
        assert not shown.select("input[type='radio']")
    assert holder.post(f"/a/{normalised(code)}/q/S01.a", {"answer": "no"}).status == 409
    assert holder.post(f"/a/{normalised(code)}/check").status == 409
    assert stored(site, code).answers == {"S01.a": "yes"}
    in_welsh = holder.post(f"/a/{normalised(code)}", {"switch": "language:cy"})
    assert (in_welsh.status, in_welsh.select("html")[0].get("lang")) == (200, "cy")
    assert "999" in holder.get(f"/a/{normalised(code)}/help").said


def test_what_is_being_typed_in_can_be_taken_back_by_its_link(site: Site):
    of = checked_round(site)
    code, holder = code_of(site, of), site.visitor()
    type_in(site.visitor("lead"), of, code)
    holder.post(f"/a/{normalised(code)}/is-this-you", {"is_me": "yes"})

    holder.post(f"/a/{normalised(code)}/withdraw", {"sure": "yes", "understood": "y", "withdraw": "yes"})

    assert stored(site, code).state is ResponseState.WITHDRAWN
    assert "taken back" in open_booklet(site.visitor("checker"), of, code).said


def test_a_closed_round_takes_no_paper_and_says_so(site: Site):
    of = checked_round(site)
    code = code_of(site, of)
    lead = site.visitor("lead")
    type_in(lead, of, code)
    token = lead.get(f"/rounds/{of.id}/paper")
    close_round(site.database, of.id, TODAY)

    assert send(lead, token, {"code": code, **KIND}).status == 409
    assert (
        "typed in once and never a second time, and do not count: fewer than 5"
        in lead.get(f"/rounds/{of.id}/paper").said
    )


@pytest.mark.parametrize("page", ["check", "save"])
def test_whoever_opens_an_address_that_answers_a_form_begins_anew(site: Site, page: str):
    of = site.open_round()
    answered = site.visitor("lead").get(f"/rounds/{of.id}/paper/{page}")

    assert answered.status == 303
    assert answered.response.headers["Location"] == f"/rounds/{of.id}/paper"


def test_a_lead_chooses_that_two_people_type_in(site: Site):
    form = {"length": "short", "provider_view": "agreed", "new_id": "0123456789abcdef", "paper_is_checked": "y"}

    site.visitor("lead").fill_in("/rounds/new", form)

    assert view_of(site.database, "0123456789abcdef").round.paper_is_checked


def test_no_address_of_typing_in_ever_holds_a_code(site: Site):
    rules = [
        str(rule) for rule in site.app.url_map.iter_rules() if rule.endpoint.split(".")[0] in {"paper", "booklets"}
    ]

    assert rules
    assert not [rule for rule in rules if "code" in rule.replace("no-code", "") or "token" in rule]
