from concurrent.futures import ThreadPoolExecutor

import pytest

from app.services.closing import close_round
from app.services.inviting import remind
from app.standards import Audience
from app.storage import responses
from app.surveys import Edition, Length
from tests.days import TODAY
from tests.site import Site, Visitor


def test_the_welcome_says_who_asks_who_sees_what_and_the_threshold_in_words(site: Site):
    page = site.visitor().get(site.link(site.open_round()))

    assert page.status == 200
    assert "Bramble Way Support" in page.said
    assert "fewer than five people" in page.said
    assert "Draft wording" in page.said
    assert "Whoever has it can open your answers until you send them" in page.said


def test_nobody_begins_without_agreeing_to_take_part(site: Site):
    of = site.open_round()
    link = site.link(of)

    page = site.visitor().post(f"{link}/start", {"edition": "easy-read"})

    assert page.status == 422
    assert page.title.startswith("Error")
    assert page.select("input[value='easy-read'][checked]")
    with site.database.reading() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM response").scalar() == 0


def test_a_person_answers_every_question_checks_and_sends(site: Site):
    of = site.open_round()
    link, visitor = site.link(of), site.visitor()

    page = visitor.post(f"{link}/start", {"edition": "standard", "consent": "yes"}, follow_redirects=True)
    page = visitor.post(f"{link}/how", {"how": "helped"}, follow_redirects=True)
    for number in range(1, 11):
        assert f"Question {number} of 10" in page.said
        page = visitor.post(page.response.request.path, {"answer": "yes"}, follow_redirects=True)
    assert page.response.request.path == f"{link}/check"
    page = visitor.post(f"{link}/submit", follow_redirects=True)

    assert page.response.request.path == f"{link}/done"
    with site.database.reading() as connection:
        (sent,) = responses.submitted(connection, of)
    assert set(sent.answers.values()) == {"yes"}
    assert len(sent.answers) == 10
    assert sent.answered_how == "helped"


def test_each_page_asks_one_question_in_a_legend_that_is_the_heading(site: Site):
    page = site.visitor().get(site.begun_link(site.open_round()) + "/q/S01.a")

    assert page.words("fieldset legend h1") == ["My support was made for me."]
    assert len(page.select("h1")) == 1
    assert page.words("label")[:3] == ["Yes", "Sometimes", "No"]


def test_the_easy_read_edition_has_words_of_its_own(site: Site):
    of = site.open_round()
    standard = site.visitor().get(site.begun_link(of) + "/q/S07.a")
    easy = site.visitor().get(site.begun_link(of, Edition.EASY_READ) + "/q/S07.a")

    assert easy.words("h1") != standard.words("h1")
    assert len(easy.said) > len(standard.said)


def test_somebody_can_go_on_in_the_other_edition_at_any_question_and_keeps_their_answers(site: Site):
    link, visitor = site.begun_link(site.open_round()), site.visitor()
    visitor.post(f"{link}/q/S01.a", {"answer": "sometimes"})
    standard = visitor.get(f"{link}/q/S01.a")

    easy = visitor.post(f"{link}/edition", {"edition": "easy-read", "question": "S01.a"}, follow_redirects=True)

    assert easy.response.request.path == f"{link}/q/S01.a"
    assert easy.words("h1") != standard.words("h1")
    assert easy.select("input[value='sometimes'][checked]")
    back = visitor.post(f"{link}/edition", {"edition": "standard", "question": "S01.a"}, follow_redirects=True)
    assert back.words("h1") == standard.words("h1")


def test_an_edition_that_does_not_exist_is_refused_and_a_strange_question_leads_to_the_welcome(site: Site):
    link, visitor = site.begun_link(site.open_round()), site.visitor()

    assert visitor.post(f"{link}/edition", {"edition": "latin"}).status == 422
    led = visitor.post(f"{link}/edition", {"edition": "easy-read", "question": "//evil.example"})
    assert led.response.headers["Location"].endswith(link)


def test_not_about_me_is_offered_only_where_it_can_be(site: Site):
    link = site.begun_link(site.open_round(Length.FULL))
    visitor = site.visitor()

    assert not visitor.get(f"{link}/q/S01.a").select("input[value='not_applicable']")
    assert visitor.get(f"{link}/q/S09.b").select("input[value='not_applicable']")
    assert visitor.post(f"{link}/q/S01.a", {"answer": "not_applicable"}).status == 422


def test_saving_without_a_choice_says_so_in_words_and_keeps_the_earlier_answer(site: Site):
    link, visitor = site.begun_link(site.open_round()), site.visitor()
    visitor.post(f"{link}/q/S01.a", {"answer": "no"})

    page = visitor.post(f"{link}/q/S01.a", {})

    assert page.status == 422
    assert page.title.startswith("Error")
    assert "Choose an answer" in page.said
    assert page.select("input[value='no'][checked]")
    assert visitor.get(f"{link}/q/S01.a").select("input[value='no'][checked]")


@pytest.mark.parametrize("garbage", ["maybe", "", "<script>alert(1)</script>", "yes\x00", "x" * 5000])
def test_an_answer_that_is_not_offered_is_refused_in_words(site: Site, garbage: str):
    link = site.begun_link(site.open_round())

    page = site.visitor().post(f"{link}/q/S01.a", {"answer": garbage})

    assert page.status == 422
    assert "<script>alert" not in page.text


def test_skipping_goes_on_and_keeps_what_was_there(site: Site):
    link, visitor = site.begun_link(site.open_round()), site.visitor()
    visitor.post(f"{link}/q/S01.a", {"answer": "no"})

    skipped = visitor.post(f"{link}/q/S01.a", {"skip": "skip"})

    assert skipped.response.headers["Location"].endswith("/q/S02.a")
    assert visitor.get(f"{link}/q/S01.a").select("input[value='no'][checked]")


def test_the_check_page_names_what_is_not_answered_and_leads_back_to_it(site: Site):
    link, visitor = site.begun_link(site.open_round()), site.visitor()
    visitor.post(f"{link}/q/S01.a", {"answer": "dont_know"})

    page = visitor.get(f"{link}/check")
    assert "I don’t know" in page.said.replace("'", "’")
    assert page.said.lower().count("not answered") >= 9

    changed = visitor.post(f"{link}/q/S01.a?from=check", {"answer": "yes"})
    assert changed.response.headers["Location"].endswith("/check")


def test_back_from_a_change_leads_to_the_check_page(site: Site):
    link, visitor = site.begun_link(site.open_round()), site.visitor()

    for path in ("how", "q/S03.a"):
        (back,) = visitor.get(f"{link}/{path}?from=check").select("a.govuk-back-link")
        assert back.get("href") == f"{link}/check"


def test_the_same_link_goes_on_where_somebody_was(site: Site):
    link = site.begun_link(site.open_round())
    site.visitor().post(f"{link}/q/S01.a", {"answer": "yes"})

    page = site.visitor().get(link)

    assert page.status == 200
    assert any(each.get("href", "").endswith("/q/S02.a") for each in page.select("a"))


def test_fifty_people_pressing_send_at_once_on_one_link_send_once(site: Site):
    of = site.open_round()
    link = site.begun_link(of)

    def send(_: int) -> str:
        return Visitor(site.app).post(f"{link}/submit", follow_redirects=True).said

    with ThreadPoolExecutor(8) as pool:
        said = set(pool.map(send, range(50)))

    assert len(said) == 1
    with site.database.reading() as connection:
        assert responses.submitted_counts(connection, of) == {Audience.PERSON: 1}


def test_after_sending_every_way_back_leads_to_the_receipt(site: Site):
    link, visitor = site.begun_link(site.open_round()), site.visitor()
    receipt = visitor.post(f"{link}/submit", follow_redirects=True).words(".ds-receipt, .receipt, strong")[0]

    for page in (
        visitor.get(link),
        visitor.get(f"{link}/q/S01.a"),
        visitor.get(f"{link}/check"),
        visitor.post(f"{link}/q/S01.a", {"answer": "no"}),
    ):
        assert receipt in page.said


def test_a_closed_round_says_so_on_every_page(site: Site):
    of = site.open_round()
    begun, fresh, visitor = site.begun_link(of), site.link(of), site.visitor()
    close_round(site.database, of.id, TODAY)

    for page in (
        visitor.get(begun),
        visitor.get(fresh),
        visitor.get(f"{begun}/q/S01.a"),
        visitor.post(f"{begun}/q/S01.a", {"answer": "yes"}),
        visitor.post(f"{begun}/submit"),
        visitor.post(f"{fresh}/start", {"edition": "standard", "consent": "yes"}),
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
        assert "ask for a new one" in page.said


def test_every_post_with_an_unknown_link_has_the_page_for_it(site: Site):
    for path in ("start", "how", "q/S01.a", "edition", "submit"):
        page = site.visitor().post(
            f"/a/nothing-like-it/{path}", {"answer": "yes", "edition": "standard", "consent": "y"}
        )
        assert page.status == 404, path
        assert "ask for a new one" in page.said


def test_pages_beyond_the_welcome_lead_back_to_it_before_somebody_agrees(site: Site):
    link, visitor = site.link(site.open_round()), site.visitor()

    for page in (visitor.get(f"{link}/q/S01.a"), visitor.get(f"{link}/check"), visitor.post(f"{link}/submit")):
        assert page.status == 303
        assert page.response.headers["Location"].endswith(link)


def test_answering_sets_no_cookie_and_asks_not_to_be_kept_or_passed_on(site: Site):
    link = site.begun_link(site.open_round())

    answered = site.visitor().get(f"{link}/q/S01.a").response

    assert "Set-Cookie" not in answered.headers
    assert answered.headers["Cache-Control"] == "no-store"
    assert answered.headers["Referrer-Policy"] == "no-referrer"
    assert "noindex" in answered.headers["X-Robots-Tag"]


def test_the_secret_and_the_answers_are_in_no_log(site: Site, capfd: pytest.CaptureFixture[str]):
    from app.web import logs

    logs.prepare(site.app, "DEBUG")
    link, visitor = site.begun_link(site.open_round()), site.visitor()
    visitor.post(f"{link}/q/S01.a", {"answer": "sometimes"})
    visitor.post(f"{link}/q/S01.a", {"answer": "garbage"})
    visitor.get(f"{link}/nowhere")

    out, err = capfd.readouterr()
    assert "answer.save_answer" in out + err
    assert link.removeprefix("/a/") not in out + err
    assert "sometimes" not in out + err
    assert "garbage" not in out + err
