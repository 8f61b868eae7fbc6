"""The command line as docs/commands.md promises it to scripts."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest

from app.errors import Refused
from app.exports import pdf
from app.surveys.spoken import text_sha256
from tests.databases import LIBRARY
from tests.mail import room
from tests.pdf_reading import facts_of, fonts_of, source_of, tags_of, texts_of
from tests.responses_files import row, write_csv
from tests.sounds import mp3
from tests.unit.library.samples import Content
from tests.whole_app.conftest import Run

SURVEY = "personalised-support"
LINK = re.compile(r"http://127\.0\.0\.1:8000/a/[0-9A-HJKMNP-TV-Z]{20}")
DRIVING_SEAT = Path(sys.executable).with_name("driving-seat")


@pytest.fixture
def provider(installed: Run) -> str:
    return installed("provider", "add", "Bramble Way", "--context", "years_using_isf=7").last_line


@pytest.fixture
def round_(installed: Run, provider: str) -> str:
    return installed("round", "open", provider, "--survey", SURVEY).last_line


@pytest.fixture
def closed(installed: Run, round_: str, tmp_path: Path) -> str:
    people = [row(str(n), answer=("yes", "sometimes", "no")[n % 3]) for n in range(12)]
    path = write_csv(tmp_path / "people.csv", [*people, row("own", "provider", "yes")])
    assert installed("responses", "import", round_, path).out == "13 imported, 0 already there\n"
    assert re.fullmatch(r"\S+ [0-9a-f]{64}\n", installed("round", "close", round_).out)
    return round_


def test_init_is_enough_to_start_and_can_be_run_again(run: Run, home: Path):
    assert run("provider", "list").status == 1
    assert not home.exists()
    assert run("init").status == 0
    assert run("init").status == 0
    assert json.loads(run("provider", "list", "--json").out) == []
    assert [path.name for path in [home, *home.iterdir()] if path.stat().st_mode & 0o077] == []


def test_lists_hold_ids_as_strings_and_what_a_script_needs(installed: Run, provider: str, round_: str):
    assert json.loads(installed("provider", "list", "--json").out) == [{"id": provider, "name": "Bramble Way"}]
    network = installed("network", "add", "The north").last_line
    assert json.loads(installed("network", "list", "--json").out) == [{"id": network, "name": "The north"}]
    (listed,) = json.loads(installed("round", "list", "--provider", provider, "--json").out)
    assert listed == {
        "id": round_,
        "provider": provider,
        "state": "open",
        "survey": SURVEY,
        "version": "1.0.0",
        "campaign": "",
        "site": "",
    }


def test_a_provider_s_sites_are_listed_and_a_round_is_opened_for_one(installed: Run, provider: str, tmp_path: Path):
    assert json.loads(installed("provider", "sites", provider, "--json").out) == []
    maple = installed("provider", "add-site", provider, "Maple House").last_line
    listed = json.loads(installed("provider", "sites", provider, "--json").out)
    assert listed == [{"id": maple, "name": "Maple House", "archived_on": ""}]
    again = installed("provider", "add-site", provider, "maple house")
    assert (again.status, "with this name already" in again.err) == (1, True)

    of = installed("round", "open", provider, "--survey", SURVEY, "--site", maple).last_line
    (found,) = json.loads(installed("round", "list", "--provider", provider, "--json").out)
    assert (found["id"], found["site"]) == (of, maple)
    refused = installed("round", "open", provider, "--survey", SURVEY)
    assert (refused.status, "one of your sites is open" in refused.err) == (1, True)

    installed("round", "close", of)
    for kind in ("json", "csv", "html"):
        assert installed("report", of, "--format", kind, "--out", tmp_path / f"report.{kind}").status == 0
    assert json.loads((tmp_path / "report.json").read_text())["site"] == "Maple House"
    assert "report,,,,site,Maple House," in (tmp_path / "report.csv").read_text()
    assert "Maple House, of Bramble Way" in (tmp_path / "report.html").read_text()


def test_a_round_says_why_it_asks_and_is_called_off_and_brought_back(installed: Run, provider: str):
    said = ("--purpose", "To learn.", "--lawful-basis", "public-task", "--health-condition", "social-care")
    opened = installed("round", "open", provider, "--survey", SURVEY, *said, "--last-day", "2028-01-01").last_line

    def state() -> str:
        (found,) = json.loads(installed("round", "list", "--provider", provider, "--json").out)
        return str(found["state"])

    assert installed("round", "last-day", opened, "2028-02-01").status == 0
    assert installed("round", "last-day", opened).status == 0
    assert installed("round", "last-day", opened, "2020-01-01").status == 1
    assert re.fullmatch(r"\d{4}-\d\d-\d\d\n", installed("round", "cancel", opened).out)
    assert state() == "cancelled"
    assert installed("round", "close", opened).status == 1
    assert installed("round", "bring-back", opened).status == 0
    assert state() == "open"


def test_a_lawful_basis_that_is_none_is_wrong_usage(installed: Run, provider: str):
    assert installed("round", "open", provider, "--survey", SURVEY, "--lawful-basis", "because").status == 2


def test_invite_prints_one_link_a_line(installed: Run, round_: str):
    printed = installed("invite", round_, "--audience", "person", "--count", 3).out.splitlines()

    assert len(set(printed)) == 3
    assert all(LINK.fullmatch(line) for line in printed)


def test_invite_posts_a_letter_to_every_address_of_a_file(
    installed: Run, round_: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    from app.cli import installation

    mail, path = room(), tmp_path / "list.csv"
    path.write_text("name,e-mail\nAnn,ann@example.org\nBo,bo\n")
    words = ("invite", round_, "--audience", "person", "--addresses", path)
    faulty = installed(*words)
    assert (faulty.status, f"{path}:3:2: This is not an e-mail address." in faulty.err) == (1, True)
    path.write_text(path.read_text().replace("bo\n", "bo@example.org\n"))
    assert (installed(*words).status, "No letter can leave" in installed(*words).err) == (1, True)

    monkeypatch.setenv("DRIVING_SEAT_MAIL_SERVER", f"smtp://127.0.0.1:{mail.port}")
    monkeypatch.setenv("DRIVING_SEAT_MAIL_FROM", "seat@example.org")
    installation.settings.cache_clear()
    assert installed(*words).out == "2 asked, 0 asked before or named twice\n"
    assert installed(*words, "--language", "cy").out == "0 asked, 2 asked before or named twice\n"
    with mail.open():
        assert installed("letters", "send").out == "2 sent, 0 failed\n"
    assert all(re.search(r"/a/[0-9A-Z]{20}\n", said) for said in mail.texts)


def test_a_report_is_written_in_every_format_from_the_release(installed: Run, closed: str, tmp_path: Path):
    for kind in ("json", "xlsx", "csv", "html"):
        out = tmp_path / f"report.{kind}"
        assert installed("report", closed, "--format", kind, "--out", out).status == 0
        assert out.stat().st_size > 1000

    report = json.loads((tmp_path / "report.json").read_text())
    assert report["audiences"]["person"]["respondents"] == "10 to 14"
    assert report["audiences"]["person"]["standards"]["S01"]["score"] == 50
    assert report["gaps"]["provider-person"]["S01"] == {
        "points": 50,
        "withheld": None,
        "talk_about_this": True,
        "margin": 19,
    }
    assert openpyxl.load_workbook(tmp_path / "report.xlsx").sheetnames[0] == "Summary"
    assert "Individual design" in (tmp_path / "report.html").read_text()


def test_a_report_is_written_as_tagged_pdf_with_every_figure_in_words(installed: Run, closed: str, tmp_path: Path):
    out = tmp_path / "report.pdf"

    assert installed("report", closed, "--format", "pdf", "--out", out).status == 0

    written = out.read_bytes()
    text = " ".join(texts_of(written))
    assert facts_of(written)["Tagged"] == "yes"
    assert all(embedded and "Atkinson" in name for name, embedded in fonts_of(written))
    source = source_of(written)
    assert source.count("/S /Figure") == len(re.findall(r"/Alt [(<]", source)) > 2
    for words in ("What people, families and the provider say", "Individual design", "Each standard, with the gaps"):
        assert words in text
    headings = [tag for tag in tags_of(written) if re.fullmatch(r"H\d", tag)]
    assert (headings[0], headings.count("H1")) == ("H1", 1)


def test_a_report_cannot_be_pdf_where_pango_is_missing(
    installed: Run, closed: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    def missing() -> None:
        raise Refused(pdf.NEEDS_PANGO)

    monkeypatch.setattr(pdf, "_typesetting", missing)

    refused = installed("report", closed, "--format", "pdf", "--out", tmp_path / "report.pdf")

    assert refused.status == 1
    assert "libpango" in refused.err
    assert not (tmp_path / "report.pdf").exists()


def test_booklets_are_written_with_a_code_each_and_for_their_owner_alone(installed: Run, round_: str, tmp_path: Path):
    out, specimen = tmp_path / "booklets.pdf", tmp_path / "specimen.pdf"
    common = ("booklet", round_, "--audience", "person", "--edition", "standard")

    assert installed(*common, "--count", 2, "--out", out).status == 0
    assert installed(*common, "--specimen", "--language", "cy", "--out", specimen).status == 0

    covers = [text for text in texts_of(out.read_bytes()) if "The code of this booklet" in text]
    assert len(covers) == 2
    assert out.stat().st_mode & 0o077 == 0
    assert "/Lang (cy)" in source_of(specimen.read_bytes())
    for wrong in (("--language", "fr"), ("--count", 51), ("--count", 0)):
        assert installed(*common, *wrong, "--out", tmp_path / "none.pdf").status == 1
    assert not (tmp_path / "none.pdf").exists()


def test_a_round_can_want_two_people_for_its_paper(installed: Run, provider: str):
    from app.cli.installation import database
    from app.services.rounds import view_of

    opened = installed("round", "open", provider, "--survey", SURVEY, "--check-paper").last_line

    assert view_of(database(), opened).round.paper_is_checked


def test_a_campaign_runs_from_opening_to_the_network_s_report(installed: Run, tmp_path: Path):
    network = installed("network", "add", "The north").last_line
    providers = [installed("provider", "add", f"Provider {n}").last_line for n in range(6)]
    for each in providers:
        assert installed("network", "join", network, each).status == 0
    campaign = installed("campaign", "open", network, "--survey", SURVEY).last_line
    rounds = json.loads(installed("round", "list", "--campaign", campaign, "--json").out)
    assert {each["provider"] for each in rounds} == set(providers)
    for number, each in enumerate(rounds):
        answer = ("yes", "sometimes", "no")[number % 3]
        path = write_csv(tmp_path / f"{number}.csv", [row("own", "provider", answer)])
        assert installed("responses", "import", each["id"], path).status == 0

    assert re.fullmatch(r"\S+ [0-9a-f]{64}\n", installed("campaign", "close", campaign).out)
    whole, own = tmp_path / "network.json", tmp_path / "own.json"
    assert installed("network", "report", campaign, "--format", "json", "--out", whole).status == 0
    assert (
        installed(
            "network", "report", campaign, "--for", rounds[0]["provider"], "--format", "json", "--out", own
        ).status
        == 0
    )

    seen = json.loads(whole.read_text())["audiences"]["provider"]["standards"]["S01"]
    assert seen == {"median": 50, "lower_quartile": 13, "upper_quartile": 88, "withheld": None}
    assert json.loads(own.read_text())["audiences"]["provider"]["standards"]["S01"]["own"] == 100


@pytest.mark.parametrize(
    "words",
    [
        ("round", "open", "nobody", "--survey", SURVEY),
        ("round", "close", "nothing"),
        ("invite", "nothing", "--audience", "person", "--count", 1),
        ("campaign", "close", "nothing"),
        ("network", "join", "nothing", "nobody"),
        ("provider", "add", "   "),
        ("standards", "show", "nothing"),
    ],
)
def test_a_refusal_has_status_1_and_one_sentence_on_standard_error(installed: Run, words: tuple[object, ...]):
    refused = installed(*words)

    assert refused.status == 1
    assert refused.out == ""
    assert refused.err.strip()
    assert "Traceback" not in refused.err


@pytest.mark.parametrize(
    "words",
    [
        ("nonsense",),
        ("invite",),
        ("invite", "x", "--audience", "person"),
        ("invite", "x", "--audience", "person", "--count", "1", "--addresses", __file__),
        ("round", "open", "x", "--survey", "y", "--length", "long"),
        ("demo", "--providers", "0"),
    ],
)
def test_wrong_usage_has_status_2(installed: Run, words: tuple[str, ...]):
    assert installed(*words).status == 2


def test_faults_in_a_file_have_their_place_and_nothing_changes(installed: Run, round_: str, tmp_path: Path):
    path = write_csv(tmp_path / "faulty.csv", [row("1"), row("2", "neighbour"), row("3", answer="perhaps")])

    refused = installed("responses", "import", round_, path)

    assert refused.status == 1
    assert f"{path}:3:2: " in refused.err
    assert f"{path}:4:6: " in refused.err
    path.write_text(path.read_text().replace("neighbour", "family").replace("perhaps", "no"))
    assert installed("responses", "import", round_, path).out == "3 imported, 0 already there\n"


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the library, to change."""
    for name in ("standards", "surveys"):
        shutil.copytree(LIBRARY / name, tmp_path / "library" / name)
    monkeypatch.setenv("DRIVING_SEAT_LIBRARY", str(tmp_path / "library"))
    return tmp_path / "library"


def test_the_library_is_checked_shown_and_locked(library: Path, installed: Run, tmp_path: Path):
    assert installed("standards", "check").status == 0
    assert installed("standards", "lock").status == 0
    shown = json.loads(installed("standards", "show", f"{SURVEY}@1.0.0", "--json").out)
    assert shown["id"] == SURVEY

    broken = tmp_path / "standards.yaml"
    broken.write_text("id: yes\n")
    refused = installed("standards", "check", tmp_path)
    assert refused.status == 1
    assert re.search(r"standards\.yaml:\d+:\d+: ", refused.err)


def test_the_state_of_every_translation_is_counted(library: Path, installed: Run):
    shown = installed("translations", "status")
    listed = json.loads(installed("translations", "status", "--json").out)

    assert shown.status == 0
    assert [each["of"] for each in listed] == [f"standards {SURVEY}@1.0.0", f"survey {SURVEY}@1.0.0", "interface"]
    assert {each["language"] for each in listed} == {"cy"}
    assert all(each["stale"] == each["missing"] == 0 for each in listed)
    assert len(shown.out.splitlines()) == len(listed)


def test_a_locked_translation_that_is_not_whole_has_status_1_and_what_is_stale_is_named(library: Path, installed: Run):
    installed("standards", "lock")
    file = library / "standards" / SURVEY / "1.0.0/i18n/cy.yaml"
    text = file.read_text()
    file.write_text(re.sub(r'(\n  title: \{source: )"?[0-9a-f]{12}"?', r'\g<1>"000000000000"', text, count=1))

    shown = installed("translations", "status")

    assert shown.status == 1
    assert "(locked)" in shown.out
    assert re.search(r"  stale: title \(source is [0-9a-f]{12} now\): Personalised support\n", shown.out)
    listed = json.loads(installed("translations", "status", "--json").out)
    assert [each["locked"] for each in listed] == [True, True, False]
    assert [each["key"] for each in listed[0]["stale_strings"]] == ["title"]
    file.write_text(text)
    assert installed("translations", "status").status == 0


def test_translators_get_files_to_fill(library: Path, installed: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("app.library.catalogue.CATALOGUES", tmp_path / "translations")

    updated = installed("translations", "update", "gd")

    assert updated.status == 0, updated.err
    for name in ("standards", "surveys"):
        assert (library / name / SURVEY / "1.0.0/i18n/gd.yaml").exists()
    assert (tmp_path / "translations/gd/LC_MESSAGES/messages.po").exists()
    assert installed("standards", "check").status == 0
    assert installed("translations", "update", "xx").status == 1


def test_a_demonstration_is_marked_made_up_and_stands_alone(installed: Run, home: Path):
    shown = installed("demo", "--providers", 6, "--seed", 3).out

    assert shown.count("Sign in as") == 5
    assert len(LINK.findall(shown)) == 3
    assert installed("demo", "--once").out == shown
    providers = json.loads(installed("provider", "list", "--json").out)
    assert len(providers) == 6
    assert all(each["name"].endswith("(made up)") for each in providers)
    assert (home / "demonstration.json").stat().st_mode & 0o077 == 0
    refused = installed("serve", "--host", "192.0.2.1", "--port", 0)
    assert refused.status == 1
    assert "demonstration" in refused.err


def test_a_demonstration_is_never_put_beside_real_providers(installed: Run, provider: str):
    refused = installed("demo", "--providers", 6)

    assert refused.status == 1
    assert "real providers" in refused.err


def test_an_account_is_added_with_a_password_and_can_get_another(installed: Run, provider: str):
    first = installed("account", "add", "Ann@Example.org", "--lead", provider).last_line
    second = installed("account", "password", "Ann@example.org").last_line

    assert len(first) == len(second) == 16
    assert first != second
    for words in (
        ("add", "Ann@example.org", "--lead", provider),
        ("add", "nobody", "--lead", provider),
        ("add", "x@example.org", "--lead", "nothing"),
        ("password", "stranger@example.org"),
    ):
        assert installed("account", *words).status == 1
    assert installed("account", "add", "x@example.org").status == 2


def test_a_contact_is_added_with_an_account_that_takes_concerns(installed: Run, provider: str):
    network = installed("network", "add", "The north").last_line
    installed("network", "join", network, provider)
    given = ("--kind", "safeguarding", "--name", "Jo Bell", "--phone", "01632 960 001", "--about", "Of the council.")
    refused = installed("contact", "add", network, *given, "--account", "jo@example.org")
    assert refused.status == 1
    assert "--safeguarding-of" in refused.err
    assert installed("account", "add", "jo@example.org", "--safeguarding-of", network).status == 0

    contact = installed("contact", "add", network, *given, "--account", "jo@example.org").last_line
    helpline = ("--kind", "help", "--name", "Helpline", "--phone", "111")
    installed("contact", "add", network, *helpline, "--about", "Monday.", "--about-in", "cy", "Dydd Llun.")

    listed = json.loads(installed("contact", "list", network, "--json").out)
    assert [(each["id"] == contact, each["name"], each["takes_concerns"]) for each in listed] == [
        (True, "Jo Bell", True),
        (False, "Helpline", False),
    ]
    assert listed[1]["about_in"] == {"cy": "Dydd Llun."}
    for words in (
        ("contact", "add", network, "--kind", "help", "--name", "Helpline", "--phone", "call me"),
        ("contact", "add", network, *helpline, "--about-in", "Welsh", "Dydd Llun."),
        ("contact", "list", "nothing"),
        ("round", "open", provider, "--survey", SURVEY, "--safeguarding", "nobody"),
    ):
        assert installed(*words).status == 1
    assert installed("round", "open", provider, "--survey", SURVEY, "--safeguarding", contact).status == 0
    both = ("--lead", provider, "--safeguarding-of", network)
    assert installed("account", "add", "x@example.org", *both).status == 2


@pytest.mark.parametrize("url", ["nonsense", "mysql://x/y", "postgresql://127.0.0.1:1/nothing"])
def test_a_database_that_cannot_be_used_is_a_refusal_and_no_traceback(
    run: Run, monkeypatch: pytest.MonkeyPatch, url: str
):
    monkeypatch.setenv("DATABASE_URL", url)

    refused = run("init")

    assert refused.status == 1
    assert refused.err.strip()
    assert "Traceback" not in refused.err


def test_a_file_that_cannot_be_written_is_a_refusal(installed: Run, closed: str, round_: str, tmp_path: Path):
    out = tmp_path / "no" / "such" / "folder.csv"

    for words in (("responses", "template", round_, "--format", "csv"), ("report", closed, "--format", "json")):
        refused = installed(*words, "--out", out)
        assert refused.status == 1
        assert "cannot be written" in refused.err


def test_a_demonstration_that_was_interrupted_says_so(installed: Run, monkeypatch: pytest.MonkeyPatch):
    def stop(*_):
        raise OSError("the power went")

    with monkeypatch.context() as lost:
        lost.setattr("app.services.demonstration.close_campaign", stop)
        assert installed("demo", "--providers", 6).status == 1

    refused = installed("demo", "--once")

    assert refused.status == 1
    assert "interrupted" in refused.err


def test_a_setting_that_cannot_be_used_is_named_without_its_value(run: Run, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("DRIVING_SEAT_SECRET_KEY", "too-short-secret")

    refused = run("init")

    assert refused.status == 1
    assert "too-short-secret" not in refused.err


def test_the_installed_command_works_without_a_terminal(home: Path):
    environment = {**os.environ, "DRIVING_SEAT_HOME": str(home)}
    for words, status in ((["init"], 0), (["provider", "add", "Wren Support"], 0), (["round", "close", "x"], 1)):
        done = subprocess.run([DRIVING_SEAT, *words], env=environment, capture_output=True, stdin=subprocess.DEVNULL)
        assert done.returncode == status, done.stderr
    assert (home / "secret-key").stat().st_mode & 0o077 == 0


def test_a_pack_of_pictures_is_checked_for_faults_and_for_what_it_lacks(run: Run, tmp_path: Path):
    assert run("pictures", "check").status == 0
    (tmp_path / "manifest.yaml").write_text(
        "id: own\ntitle: Our own\ncredit: Ann\nlicence: CC0-1.0\n"
        "pictures:\n  S01.a: {file: me.svg, alt: {en: Me, cy: Fi}}\n"
    )
    refused = run("pictures", "check", tmp_path)
    assert refused.status == 1
    assert f"{tmp_path}/manifest.yaml:6:17: the file “me.svg” is missing" in refused.err
    assert f"{tmp_path}/manifest.yaml:5:1: there is no picture for “S01.b”" in refused.err


@pytest.fixture
def tiny(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A library of one small survey."""
    monkeypatch.setenv("DRIVING_SEAT_LIBRARY", str(Content(tmp_path / "library").write().root))


def test_words_become_sound_once_and_what_nobody_says_is_removed_when_asked(
    tiny: None, run: Run, home: Path, tmp_path: Path
):
    run("init")

    assert run("audio", "make").out == "en: 14 spoken, 0 already there, 0 not used any more\n"
    assert len(list((home / "audio" / "en").glob("*.mp3"))) == 14
    (home / "audio" / "en" / f"{'0' * 32}.mp3").touch()
    assert run("audio", "make", "--prune").out == "en: 0 spoken, 14 already there, 1 removed\n"
    assert run("audio", "make", "--language", "cy", "--out", tmp_path / "elsewhere").out == ""
    assert run("audio", "make", "--language", "fr").status == 2


def test_without_a_speech_program_the_command_refuses_and_names_it(
    tiny: None, run: Run, home: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("DRIVING_SEAT_SPEECH_PROGRAM", "no-such-program")
    run("init")

    refused = run("audio", "make")

    assert refused.status == 1
    assert "no speech program “no-such-program”" in refused.err
    assert not (home / "audio").exists()


def test_a_recording_is_added_from_a_file_once_its_speaker_agreed(tiny: None, run: Run, home: Path, tmp_path: Path):
    run("init")
    network = run("network", "add", "The north").last_line
    path = tmp_path / "voice.mp3"
    path.write_bytes(mp3())
    words = ("recordings", "add", network, "--language", "en", "--text-key", text_sha256("en", "Yes"), path)

    assert run(*words).status == 2
    assert run(*words, "--agreed", "--spoken-by", "Sam").status == 0
    (kept,) = (home / "recordings" / network).iterdir()
    assert kept.read_bytes() == mp3()
    path.write_text("no sound")
    assert "not a sound file" in run(*words, "--agreed").err
    assert run("recordings", "add", network, "--language", "en", "--text-key", "x", path, "--agreed").status == 1


def test_letters_are_counted_sent_and_dropped_and_never_shown(installed: Run, monkeypatch: pytest.MonkeyPatch):
    from app.cli import installation
    from app.services.posting import Letter, post

    keys = installation.settings().keys()
    with installation.database().writing() as connection:
        post(connection, keys, Letter("ann.quill@example.org", "Hello", "Text"))

    status = json.loads(installed("letters", "status", "--json").out)
    assert [(each["state"], each["count"], each["why"]) for each in status] == [("waiting", 1, ""), ("given-up", 0, "")]
    refused = installed("letters", "send")
    assert (refused.status, "DRIVING_SEAT_MAIL_SERVER" in refused.err) == (1, True)
    assert installed("letters", "drop").out == "0 deleted\n"

    mail = room()
    monkeypatch.setenv("DRIVING_SEAT_MAIL_SERVER", f"smtp://127.0.0.1:{mail.port}")
    monkeypatch.setenv("DRIVING_SEAT_MAIL_FROM", "seat@example.org")
    installation.settings.cache_clear()
    assert installed("letters", "send").out == "0 sent, 1 failed (unreachable)\n"
    shown = installed("letters", "status").out
    assert re.fullmatch(r"waiting  1  \d{4}-\d\d-\d\d  unreachable 1\ngiven-up  0    \n", shown)
    with mail.open():
        assert installed("letters", "send").out == "0 sent, 0 failed\n"
        assert installed("letters", "send", "--all").out == "1 sent, 0 failed\n"
    assert len(mail.raw) == 1


@pytest.mark.parametrize(
    ("server", "sender"),
    [
        ("mail.s3cret.example", "seat@example.org"),
        ("smtp://u:s3cret@h", ""),
        ("smtp://u:s3cret@h", "seat\r\nBcc: x@y.z"),
    ],
)
def test_a_mail_server_that_cannot_be_used_is_named_without_its_password(
    run: Run, monkeypatch: pytest.MonkeyPatch, server: str, sender: str
):
    monkeypatch.setenv("DRIVING_SEAT_MAIL_SERVER", server)
    monkeypatch.setenv("DRIVING_SEAT_MAIL_FROM", sender)

    refused = run("init")

    assert (refused.status, "s3cret" in refused.err) == (1, False)
    assert "mail" in refused.err.lower()


def test_a_network_signs_in_at_its_own_provider_and_its_secret_is_never_shown(installed: Run, tmp_path: Path):
    network = installed("network", "add", "The north").last_line
    secret = tmp_path / "secret"
    secret.write_text("s3cret\n")
    asked = ("--issuer", "https://id.example.org/", "--client-id", "us", "--secret-file", secret, "--name", "Northern")

    made = installed("sign-on", "set", network, *asked)
    again = installed("sign-on", "set", network, *asked, "--second-factor")

    assert re.fullmatch(r"http://127\.0\.0\.1:8000/sign-in/with/[0-9a-f]{16}/back", made.last_line)
    assert again.last_line == made.last_line
    listed = installed("sign-on", "list", "--json").out
    (row,) = json.loads(listed)
    assert (row["network"], row["name"], row["second_factor"]) == (network, "Northern", True)
    assert "s3cret" not in listed
    for wrong in (("--issuer", "http://id.example.org"), ("--issuer", "https://10.0.0.1:8443"), ("--name", " ")):
        assert installed("sign-on", "set", network, *asked, *wrong).status == 1
    assert installed("sign-on", "set", "nothing", *asked).status == 1
    assert installed("sign-on", "remove", network).status == 0
    assert installed("sign-on", "remove", network).status == 1
    assert json.loads(installed("sign-on", "list", "--json").out) == []


def test_a_lost_second_step_is_taken_away(installed: Run, provider: str):
    installed("account", "add", "ann@example.org", "--lead", provider)
    assert installed("account", "second-step", "Ann@example.org").status == 0
    assert installed("account", "second-step", "stranger@example.org").status == 1


def test_somebody_or_everybody_is_signed_out(installed: Run, provider: str):
    installed("account", "add", "ann@example.org", "--lead", provider)

    assert installed("account", "sign-out", "Ann@example.org").status == 0
    assert installed("account", "sign-out", "--everybody").status == 0
    assert installed("account", "sign-out", "stranger@example.org").status == 1
    assert installed("account", "sign-out").status == 2
    assert installed("account", "sign-out", "ann@example.org", "--everybody").status == 2


def test_the_schedule_is_listed_and_kept_and_a_rule_that_fails_is_seen(installed: Run, home: Path):
    listed = json.loads(installed("retention", "list", "--json").out)
    assert {"what", "how_long", "why", "deleted_by"} == set(listed[0])
    assert listed[0]["what"] == "response"

    looked, done = (json.loads(installed("retention", "run", *more, "--json").out) for more in (["--dry-run"], []))
    assert looked == done
    assert {each["deleted"] for each in done} == {"0"}

    (home / "evidence").mkdir(exist_ok=True)
    (home / "evidence" / "no-provider").mkdir()
    (home / "evidence" / "no-provider" / "stray").mkdir()  # a folder where a file is expected cannot be unlinked
    failed = installed("retention", "run")
    assert failed.status == 1
    assert "evidence  failed (" in failed.out
