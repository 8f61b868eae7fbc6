"""Small content files for tests, written to a folder and broken one place at a time."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from app.errors import Invalid
from app.library import check_folder

STANDARDS = """\
id: tiny
version: "1.0.0"
title: Tiny
summary: For tests.
language: en
source: {title: Slides, author: A. Author, publisher: A Publisher, note: For tests.}
co_production: not yet
wording_note: Draft wording.
licence: CC0-1.0
domains:
  - id: D1
    title: Home
    standards:
      - id: S01
        slug: home
        is: A home
        is_not: a bed
        indicators:
          - id: S01.a
            short_form: true
            person: I picked my home.
            family: We saw real choices.
            provider: We explore every option.
          - id: S01.b
            person: I keep my key.
            family: Our relative keeps the key.
            provider: People keep their keys.
"""

SURVEY = """\
id: tiny-survey
version: "1.0.0"
title: Tiny
summary: For tests.
language: en
standards: tiny@1.0.0
thresholds: {standard: 5, indicator: 10}
editions: [standard]
options:
  - id: "yes"
    state: answered
    value: 1
    labels: {standard: {person: "Yes", family: "Yes", provider: For everyone}}
  - id: "no"
    state: answered
    value: 0
    labels: {standard: {person: "No", family: "No", provider: For no one yet}}
texts:
  standard:
    person: &texts
      title: Hello
      welcome: [Welcome.]
      who_sees_what: ["Shown from {standard_threshold} people on."]
      consent: I agree.
    family: *texts
    provider: *texts
questions:
  - id: S01.a
  - id: S01.b
    wording: {standard: {person: {help: [A key opens a door.]}}}
""".replace("&texts", "").replace(
    "*texts",
    "{title: Hello, welcome: [Welcome.], who_sees_what: ['From {standard_threshold} on.'], consent: I agree.}",
)


@dataclass(frozen=True)
class Content:
    """A library with one standards set and one survey. Faults are told with the root written as ROOT."""

    root: Path

    @property
    def standards(self) -> Path:
        return self.root / "standards/tiny/1.0.0/standards.yaml"

    @property
    def survey(self) -> Path:
        return self.root / "surveys/tiny-survey/1.0.0/survey.yaml"

    def write(self) -> "Content":
        for path, text in ((self.standards, STANDARDS), (self.survey, SURVEY)):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return self

    def replace(self, path: Path, old: str, new: str) -> None:
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    def faults(self, path: Path | None = None) -> list[str]:
        """Check a folder, the root when none is named; return its faults without the long part of the places."""
        with pytest.raises(Invalid) as error:
            check_folder(path or self.root)
        return [str(fault).replace(f"{self.root}/", "") for fault in error.value.faults]
