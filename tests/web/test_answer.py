from concurrent.futures import ThreadPoolExecutor

import pytest

from app.responses import (
    AnsweredHow,
    Consent,
    ConsentGiven,
    Help,
    Response,
    Round,
    Support,
    Supporter,
    ViewsKnown,
    WhyOnBehalf,
)
from app.services import answering
from app.services.closing import close_round
from app.services.inviting import remind
from app.standards import Audience
from app.storage import responses
from app.surveys import Edition, Length
from tests.days import TODAY
from tests.site import Site, Visitor


def response_count(site: Site) -> int:
    with site.database.reading() as connection:
        return int(connection.exec_driver_sql("SELECT count(*) FROM response").scalar_one())


def sent_response(site: Site, of: Round) -> Response:
    with site.database.reading() as connection:
        (sent,) = responses.submitted(connection, of)
    return sent


def test_the_welcome_says_who_asks_and_that_the_wording_is_a_draft(site: Site):
    page = site.visitor().get(site.link(site.open_round()))

    assert page.status == 200
    assert "Bramble Way Support" in page.said
    assert "There are 10 questions" in page.said
    assert "Draft wording" in page.said


def test_consent_is_a_step_of_its_own_that_says_who_sees_what_and_the_threshold_in_words(site: Site):
    page = site.visitor().get(f"{site.link(site.open_round())}/consent?edition=easy-read")

    assert page.words("h1") == ["Do you want to take part?"]
    assert "five people" in page.said
    assert "You can say no." in page.said
    assert "You can take your answers back later." in page.said


def test_who_answers_for_somebody_reads_what_that_means_first_and_says_no_yes_in_their_place(site: Site):
    of = site.open_round()
    link, visitor = site.link(of), site.visitor()

    page = visitor.post(f"{link}/consent", {"consent": "on-behalf"}, follow_redirects=True)
    assert page.words("h1") == ["Answering for someone else"]
    visitor.post(f"{link}/q/S01.a", {"answer": "no"})
    visitor.post(f"{link}/check")

    sent = sent_response(site, of)
    assert (sent.consent, sent.answered_how) == (Consent(ConsentGiven.ON_BEHALF), AnsweredHow.ON_BEHALF)


def test_who_goes_on_by_themselves_after_a_proxy_began_is_asked_whether_they_want_to_take_part(site: Site):
    of = site.open_round()
    link, visitor = site.link(of), site.visitor()
    visitor.post(f"{link}/consent", {"consent": "on-behalf"})

    asked = visitor.post(f"{link}/how", {"how": "self"}, follow_redirects=True)
    assert asked.words("h1") == ["Do you want to take part?"]
    refused = visitor.post(f"{link}/consent", {"consent": "no"}, follow_redirects=True)
    assert refused.words("h1") == ["Take my answers back"]
    unsent = visitor.post(f"{link}/check", follow_redirects=True)
    assert unsent.words("h1") == ["Do you want to take part?"]
    visitor.post(f"{link}/consent", {"consent": "ticked"})
    visitor.post(f"{link}/check")

    sent = sent_response(site, of)
    assert (sent.consent, sent.answered_how) == (Consent(ConsentGiven.TICKED), AnsweredHow.SELF)


@pytest.mark.parametrize("audience", [Audience.FAMILY, Audience.PROVIDER])
def test_a_family_and_a_provider_speak_for_themselves(site: Site, audience: Audience):
    page = site.visitor().get(f"{site.link(site.open_round(), audience)}/consent")

    assert page.select("input[name='consent'][value='ticked']")
    assert not page.select("input[name='consent'][value='on-behalf']")


def test_an_answer_keeps_the_language_in_which_it_was_chosen(site: Site):
    link, visitor = site.begun(site.open_round())

    visitor.post(f"{link}/q/S01.a", {"answer": "no", "switch": "language:cy"})
    visitor.post(f"{link}/q/S02.a", {"answer": "yes"})
    visitor.post(f"{link}/q/S02.a", {"answer": "yes", "switch": "language:en"})

    response = answering.open_link(site.database, link.removeprefix("/a/")).response
    assert response is not None
    assert response.answers == {"S01.a": "no", "S02.a": "yes"}
    assert response.translated == {"S02.a": "cy"}


@pytest.mark.parametrize(
    ("posted", "message"),
    [
        ({}, "Choose yes or no"),
        ({"consent": "spoken"}, "Choose who heard or saw you say yes"),
        ({"consent": "spoken", "witness": "nobody"}, "Choose who heard or saw you say yes"),
        ({"consent": "perhaps"}, "That is not one of the answers here"),
    ],
)
def test_nobody_begins_without_agreeing_to_take_part(site: Site, posted: dict[str, str], message: str):
    link = site.link(site.open_round())

    page = site.visitor().post(f"{link}/consent", {"edition": "easy-read", **posted})

    assert page.status == 422
    assert page.title.startswith("Error")
    assert message in page.said
    assert page.select("input[name='edition'][value='easy-read']")
    assert response_count(site) == 0


def test_whoever_says_no_is_told_that_it_is_fine_and_nothing_is_kept(site: Site):
    link = site.link(site.open_round())

    page = site.visitor().post(f"{link}/consent", {"edition": "standard", "consent": "no"}, follow_redirects=True)

    assert "You do not have to take part" in page.said
    assert response_count(site) == 0


def test_a_person_agrees_aloud_says_who_helped_answers_checks_and_sends(site: Site):
    of = site.open_round()
    link, visitor = site.link(of), site.visitor()

    page = visitor.post(link, {"edition": "easy-read"}, follow_redirects=True)
    assert page.response.request.path == f"{link}/consent"
    spoken = {"edition": "easy-read", "consent": "spoken", "witness": "advocate"}
    page = visitor.post(f"{link}/consent", spoken, follow_redirects=True)
    page = visitor.post(f"{link}/how", {"how": "helped"}, follow_redirects=True)
    assert page.response.request.path == f"{link}/helped"
    helped = {"who": ["family", "paid-staff"], "ways": ["read", "recorded", "nonsense"]}
    page = visitor.post(f"{link}/helped", helped, follow_redirects=True)
    for number in range(1, 11):
        assert f"Question {number} of 10" in page.said
        page = visitor.post(page.response.request.path, {"answer": "yes"}, follow_redirects=True)
    assert page.response.request.path == f"{link}/check"
    page = visitor.post(f"{link}/check", follow_redirects=True)

    assert page.response.request.path == f"{link}/done"
    sent = sent_response(site, of)
    assert set(sent.answers.values()) == {"yes"}
    assert len(sent.answers) == 10
    assert (sent.edition, sent.answered_how) == ("easy-read", "helped")
    assert sent.consent == Consent(ConsentGiven.SPOKEN, Supporter.ADVOCATE)
    assert sent.support == Support(
        frozenset({Supporter.FAMILY, Supporter.PAID_STAFF}), frozenset({Help.READ, Help.RECORDED})
    )
    assert sent.paid_staff_helped


def test_whoever_answers_for_an_adult_reads_first_that_nobody_can_consent_for_them(site: Site):
    of = site.open_round()
    link, visitor = site.begun(of)

    page = visitor.post(f"{link}/how", {"how": "on-behalf"}, follow_redirects=True)
    assert page.response.request.path == f"{link}/on-behalf"
    assert "Mental Capacity Act 2005" in page.said
    assert "Nobody, in the family or paid, can consent in place of an adult" in page.said
    visitor.post(f"{link}/on-behalf", {"who": "family", "why": "cannot-answer", "known": ["told", "showed"]})
    visitor.post(f"{link}/check")

    sent = sent_response(site, of)
    assert sent.answered_how == "on-behalf"
    assert sent.support == Support(
        frozenset({Supporter.FAMILY}),
        why=WhyOnBehalf.CANNOT_ANSWER,
        known=frozenset({ViewsKnown.TOLD, ViewsKnown.SHOWED}),
    )


def test_who_helped_can_be_skipped_and_is_kept_until_it_is_said_otherwise(site: Site):
    of = site.open_round()
    link, visitor = site.begun(of)
    visitor.post(f"{link}/how", {"how": "helped"})
    assert visitor.post(f"{link}/helped", {"skip": "yes"}).status == 303
    visitor.post(f"{link}/helped", {"who": "friend"})

    again = visitor.get(f"{link}/helped")
    assert [each.get("value") for each in again.select("input[checked]")] == ["friend"]
    visitor.post(f"{link}/how", {"how": "self"})
    visitor.post(f"{link}/check")

    assert sent_response(site, of).support is None


def test_each_page_asks_one_question_in_a_legend_that_is_the_heading(site: Site):
    link, visitor = site.begun(site.open_round())
    page = visitor.get(f"{link}/q/S01.a")

    assert page.words("fieldset legend h1") == ["My support was made for me."]
    assert len(page.select("h1")) == 1
    assert [words.split()[0] for words in page.words("label")[:3]] == ["Yes", "Sometimes", "No"]


def test_the_easy_read_edition_has_words_of_its_own(site: Site):
    of = site.open_round()
    standard, easy = (
        visitor.get(f"{link}/q/S07.a") for link, visitor in (site.begun(of), site.begun(of, Edition.EASY_READ))
    )

    assert easy.words("h1") != standard.words("h1")
    assert len(easy.said) > len(standard.said)


def test_a_switch_of_the_edition_keeps_the_answer_that_was_chosen_and_not_yet_saved(site: Site):
    link, visitor = site.begun(site.open_round())
    standard = visitor.get(f"{link}/q/S01.a")

    easy = visitor.post(
        f"{link}/q/S01.a", {"answer": "sometimes", "switch": "edition:easy-read"}, follow_redirects=True
    )

    assert easy.response.request.path == f"{link}/q/S01.a"
    assert easy.words("h1") != standard.words("h1")
    assert easy.select("input[value='sometimes'][checked]")
    back = visitor.post(f"{link}/q/S01.a", {"switch": "edition:standard"}, follow_redirects=True)
    assert back.words("h1") == standard.words("h1")
    assert back.select("input[value='sometimes'][checked]")


def test_a_switch_on_a_form_shows_it_again_with_what_was_ticked(site: Site):
    link, visitor = site.begun(site.open_round())

    page = visitor.post(f"{link}/helped", {"who": ["friend", "advocate"], "switch": "size:largest"})

    assert page.status == 200
    assert [each.get("value") for each in page.select("input[checked]")] == ["friend", "advocate"]
    assert "text-largest" in page.select("html")[0].get("class")
    assert "text-largest" in visitor.get(f"{link}/check").select("html")[0].get("class")


@pytest.mark.parametrize("wish", ["edition:latin", "size:huge", "language:xx", "", "nonsense"])
def test_a_switch_to_something_that_does_not_exist_changes_nothing(site: Site, wish: str):
    link, visitor = site.begun(site.open_round())
    before = visitor.get(f"{link}/q/S01.a")

    page = visitor.post(f"{link}/q/S01.a", {"switch": wish}, follow_redirects=True)

    assert page.said == before.said
    assert page.select("html")[0].get("class") == before.select("html")[0].get("class")


def test_not_about_me_is_offered_only_where_it_can_be(site: Site):
    link, visitor = site.begun(site.open_round(Length.FULL))

    assert not visitor.get(f"{link}/q/S01.a").select("input[value='not_applicable']")
    assert visitor.get(f"{link}/q/S09.b").select("input[value='not_applicable']")
    assert visitor.post(f"{link}/q/S01.a", {"answer": "not_applicable"}).status == 422


def test_saving_without_a_choice_says_so_in_words_and_keeps_the_earlier_answer(site: Site):
    link, visitor = site.begun(site.open_round())
    visitor.post(f"{link}/q/S01.a", {"answer": "no"})

    page = visitor.post(f"{link}/q/S01.a", {})

    assert page.status == 422
    assert page.title.startswith("Error")
    assert "Choose an answer" in page.said
    assert page.select("input[value='no'][checked]")
    assert visitor.get(f"{link}/q/S01.a").select("input[value='no'][checked]")


@pytest.mark.parametrize("garbage", ["maybe", "", "<script>alert(1)</script>", "yes\x00", "x" * 5000])
def test_an_answer_that_is_not_offered_is_refused_in_words(site: Site, garbage: str):
    link, visitor = site.begun(site.open_round())

    page = visitor.post(f"{link}/q/S01.a", {"answer": garbage})

    assert page.status == 422
    assert "<script>alert" not in page.text


def test_skipping_goes_on_and_keeps_what_was_there(site: Site):
    link, visitor = site.begun(site.open_round())
    visitor.post(f"{link}/q/S01.a", {"answer": "no"})

    skipped = visitor.post(f"{link}/q/S01.a", {"skip": "skip"})

    assert skipped.response.headers["Location"].endswith("/q/S02.a")
    assert visitor.get(f"{link}/q/S01.a").select("input[value='no'][checked]")


def test_the_check_page_names_what_is_not_answered_and_leads_back_to_it(site: Site):
    link, visitor = site.begun(site.open_round())
    visitor.post(f"{link}/q/S01.a", {"answer": "dont_know"})

    page = visitor.get(f"{link}/check")
    assert "I don’t know" in page.said.replace("'", "’")
    assert page.said.lower().count("not answered") >= 9

    changed = visitor.post(f"{link}/q/S01.a?from=check", {"answer": "yes"})
    assert changed.response.headers["Location"].endswith("/check")


def test_back_from_a_change_leads_to_the_check_page(site: Site):
    link, visitor = site.begun(site.open_round())

    for path in ("how", "q/S03.a"):
        (back,) = visitor.get(f"{link}/{path}?from=check").select("a.govuk-back-link")
        assert back.get("href") == f"{link}/check"


def test_the_same_link_goes_on_where_somebody_was(site: Site):
    link, visitor = site.begun(site.open_round())
    visitor.post(f"{link}/q/S01.a", {"answer": "yes"})

    page = visitor.get(link)

    assert page.status == 200
    assert any(each.get("href", "").endswith("/q/S02.a") for each in page.select("a"))


def test_fifty_people_pressing_send_at_once_on_one_link_send_once(site: Site):
    of = site.open_round()
    link = site.begun_link(of)

    def send(_: int) -> str:
        return Visitor(site.app).post(f"{link}/check", {"is_me": "yes"}, follow_redirects=True).said

    with ThreadPoolExecutor(8) as pool:
        said = set(pool.map(send, range(50)))

    assert len(said) == 1
    with site.database.reading() as connection:
        assert responses.submitted_counts(connection, of) == {Audience.PERSON: 1}


def test_after_sending_every_way_back_leads_to_the_receipt(site: Site):
    link, visitor = site.begun(site.open_round())
    receipt = visitor.post(f"{link}/check", follow_redirects=True).words(".ds-receipt, .receipt, strong")[0]

    for page in (
        visitor.get(link),
        visitor.get(f"{link}/q/S01.a"),
        visitor.get(f"{link}/check"),
        visitor.post(f"{link}/q/S01.a", {"answer": "no"}),
    ):
        assert receipt in page.said


def test_a_closed_round_says_so_on_every_page(site: Site):
    of = site.open_round()
    (begun, visitor), fresh = site.begun(of), site.link(of)
    close_round(site.database, of.id, TODAY)

    for page in (
        visitor.get(begun),
        visitor.get(fresh),
        visitor.get(f"{begun}/q/S01.a"),
        visitor.post(f"{begun}/q/S01.a", {"answer": "yes"}),
        visitor.post(f"{begun}/check"),
        visitor.post(f"{fresh}/consent", {"edition": "standard", "consent": "ticked"}),
    ):
        assert "closed" in page.said
        assert page.status in (200, 409)


def test_a_link_that_was_replaced_or_mistyped_says_what_to_do(site: Site):
    of = site.open_round()
    old = site.link(of)
    for _ in range(4):
        site.link(of)
    remind(site.database, of.id, Audience.PERSON)

    for path in (old, f"{old}/q/S01.a", "/a/nothing", "/a/nothing/check", f"{old}x"):
        page = site.visitor().get(path)
        assert page.status == 404
        assert "This link does not open anything" in page.said


def test_every_post_with_an_unknown_link_has_the_page_for_it(site: Site):
    for path in ("consent", "how", "q/S01.a", "come-back", "check"):
        page = site.visitor().post(
            f"/a/nothing-like-it/{path}", {"answer": "yes", "edition": "standard", "consent": "y"}
        )
        assert page.status == 404, path
        assert "This link does not open anything" in page.said


def test_pages_beyond_the_welcome_lead_back_to_it_before_somebody_agrees(site: Site):
    link, visitor = site.link(site.open_round()), site.visitor()

    for page in (visitor.get(f"{link}/q/S01.a"), visitor.get(f"{link}/check"), visitor.post(f"{link}/check")):
        assert page.status == 303
        assert page.response.headers["Location"].endswith(link)


def test_answering_sets_no_cookie_beyond_its_own_link_and_asks_not_to_be_kept_or_passed_on(site: Site):
    link = site.link(site.open_round())
    visitor = site.visitor()

    begun = visitor.post(f"{link}/consent", {"edition": "standard", "consent": "ticked"}).response
    answered = visitor.get(f"{link}/q/S01.a").response

    (cookie,) = begun.headers.getlist("Set-Cookie")
    assert f"Path={link}" in cookie
    assert "HttpOnly" in cookie
    assert "Set-Cookie" not in answered.headers
    assert answered.headers["Cache-Control"] == "no-store"
    assert answered.headers["Referrer-Policy"] == "no-referrer"
    assert "noindex" in answered.headers["X-Robots-Tag"]


def test_the_secret_and_the_answers_are_in_no_log(site: Site, capfd: pytest.CaptureFixture[str]):
    from app.web import logs

    logs.prepare(site.app, "DEBUG")
    link, visitor = site.begun(site.open_round())
    visitor.post(f"{link}/q/S01.a", {"answer": "sometimes"})
    visitor.post(f"{link}/q/S01.a", {"answer": "garbage"})
    visitor.get(f"{link}/nowhere")

    out, err = capfd.readouterr()
    assert "answer.save_answer" in out + err
    assert link.removeprefix("/a/") not in out + err
    assert "sometimes" not in out + err
    assert "garbage" not in out + err
