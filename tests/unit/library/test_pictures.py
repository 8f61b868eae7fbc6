"""Packs of pictures: the manifest is read strictly, and the built-in pack has a picture for everything."""

from pathlib import Path

import pytest

from app.errors import Invalid
from app.library import check_pack, missing_ids, read_pack, required_ids

ROOT = Path(__file__).parents[3]
BUILT_IN = ROOT / "pictures/openmoji"
OPENMOJI = ROOT / "node_modules/openmoji/color/svg"
MANIFEST = """\
id: own-photos
title: Our own photos
credit: Bramble Way
licence: All rights reserved
pictures:
  S01.a: {file: me.svg, alt: {en: Me, cy: Fi}}
  option.dont_know: {file: photos/shrug.png, alt: {en: A shrug, cy: Codi ysgwyddau}, credit: Ann, licence: CC0-1.0}
"""
NOT_A_PICTURE = "names a picture beside the manifest or in a folder below: .svg, .png, .jpg, .jpeg or .webp"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A pack without a fault, and without most of the pictures."""
    (tmp_path / "manifest.yaml").write_text(MANIFEST, encoding="utf-8")
    (tmp_path / "me.svg").write_text("<svg/>")
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos/shrug.png").write_bytes(b"a picture")
    return tmp_path


def faults(folder: Path, old: str = "", new: str = "") -> list[str]:
    """Put something else into the manifest and return what is wrong then, without the long part of the places."""
    assert old in MANIFEST
    (folder / "manifest.yaml").write_text(MANIFEST.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(Invalid) as error:
        read_pack(folder)
    return [str(fault).replace(f"{folder}/", "") for fault in error.value.faults]


def test_a_pack_says_which_file_stands_for_what_and_whom_to_thank(folder):
    pack = read_pack(folder)

    assert (pack.id, pack.title) == ("own-photos", "Our own photos")
    assert pack.pictures["S01.a"].path == folder / "me.svg"
    assert pack.pictures["S01.a"].alt == {"en": "Me", "cy": "Fi"}
    assert (pack.pictures["S01.a"].credit.credit, pack.pictures["S01.a"].credit.licence) == (
        "Bramble Way",
        "All rights reserved",
    )
    assert (pack.pictures["option.dont_know"].credit.credit, pack.pictures["option.dont_know"].credit.licence) == (
        "Ann",
        "CC0-1.0",
    )


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            "S01.a:",
            "option.Yes:",
            "manifest.yaml:6:3: nothing asks for a picture of “option.Yes”",
        ),
        ("S01.a:", "button.sned:", "manifest.yaml:6:3: nothing asks for a picture of “button.sned”"),
        ("me.svg", "you.svg", "manifest.yaml:6:17: the file “you.svg” is missing"),
        (
            "me.svg",
            "../me.svg",
            f"manifest.yaml:6:17: “file” {NOT_A_PICTURE}",
        ),
        (
            "me.svg",
            "me.html",
            f"manifest.yaml:6:17: “file” {NOT_A_PICTURE}",
        ),
        (", cy: Fi", "", "manifest.yaml:6:30: “cy” is missing"),
        ("licence: All rights reserved\n", "", "manifest.yaml:1:1: “licence” is missing"),
        ("credit: Bramble", "thanks: x\ncredit: Bramble", "manifest.yaml:3:1: “thanks” is not known here"),
        (
            "licence: All",
            "address: bramble.example\nlicence: All",
            "manifest.yaml:4:10: “address” is a web address that begins with http:// or https://",
        ),
    ],
)
def test_whatever_is_wrong_in_a_manifest_has_its_place(folder, old, new, expected):
    assert faults(folder, old, new) == [expected]


def test_a_file_without_pictures_is_refused_for_its_shape_alone(folder):
    assert faults(folder, MANIFEST, "id: own-photos\n")[0].startswith("manifest.yaml:1:1: “credit” is missing")


def test_a_manifest_that_is_missing_is_said_so(tmp_path):
    with pytest.raises(Invalid, match="this file is missing"):
        read_pack(tmp_path)


def test_a_picture_that_slow_phones_would_wait_for_is_refused(folder):
    (folder / "me.svg").write_bytes(b"x" * 100_001)

    (fault,) = faults(folder)
    assert fault.startswith("manifest.yaml:6:17: the file “me.svg” is larger than 100 kB")


def test_a_complete_pack_has_a_picture_for_every_question_option_and_step(survey):
    required = required_ids([survey])

    assert {question.id for question in survey.questions} < required
    assert {"option.yes", "option.not_applicable", "button.save", "step.consent"} < required
    assert {"how.on-behalf", "supporter.paid-staff", "help.recorded", "why.asked", "known.told"} < required
    assert {"consent.ticked", "consent.spoken", "consent.on-behalf"} < required


def test_a_pack_that_lacks_pictures_can_be_read_and_each_one_is_missed(folder, survey):
    lacking = missing_ids(read_pack(folder), [survey])
    with pytest.raises(Invalid) as error:
        check_pack(folder, [survey])

    assert "S01.a" not in lacking
    assert "S01.b" in lacking
    assert {fault.message for fault in error.value.faults} == {f"there is no picture for “{each}”" for each in lacking}
    assert {fault.place.rsplit(":", 2)[1] for fault in error.value.faults} == {"5"}


def test_the_built_in_pack_is_complete_and_openmoji_has_every_file(library):
    pack = check_pack(BUILT_IN, library.surveys, OPENMOJI.joinpath)

    assert missing_ids(pack, library.surveys) == []


def test_every_indicator_has_a_picture_of_its_own(library):
    pack = read_pack(BUILT_IN, OPENMOJI.joinpath)
    asked = [pack.pictures[question.id].path for survey in library.surveys for question in survey.questions]

    assert len(asked) == len(set(asked)) == 30


def test_the_built_in_pack_names_its_makers_and_its_licence():
    pack = read_pack(BUILT_IN, OPENMOJI.joinpath)
    (credit,) = {picture.credit for picture in pack.pictures.values()}

    assert (credit.credit, credit.licence) == ("OpenMoji", "CC BY-SA 4.0")
    assert credit.address == "https://openmoji.org"
    assert "creativecommons.org/licenses/by-sa/4.0" in credit.licence_address


def test_no_built_in_picture_holds_words_or_runs_anything():
    """Words in a picture would stay English on a Welsh page."""
    for picture in read_pack(BUILT_IN, OPENMOJI.joinpath).pictures.values():
        drawing = picture.path.read_text("utf-8")
        assert not [part for part in ("<text", "<script", "<image", "href", "onload") if part in drawing], picture.id
