"""Writes docs/security/asvs.md from asvs.yaml: how far the program meets OWASP's ASVS 5.0 at level 2.

Usage: python -m tests.whole_app.asvs.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from ruamel.yaml import YAML

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "docs" / "security"
HEAD = Path(__file__).with_suffix(".md")
SOURCE, PAGE = FOLDER / "asvs.yaml", FOLDER / "asvs.md"


class Answer(StrEnum):
    YES = "yes"
    PARTLY = "partly"
    NO = "no"
    DOES_NOT_APPLY = "does not apply"


CHAPTERS = {
    "V1": "Encoding and cleaning",
    "V2": "Checking input, and the rules of the work",
    "V3": "In the browser",
    "V4": "Requests and programming interfaces",
    "V5": "Files",
    "V6": "Signing in",
    "V7": "Sessions",
    "V8": "Who may do what",
    "V9": "Tokens that carry their own content",
    "V10": "OAuth and OpenID Connect",
    "V11": "Cryptography",
    "V12": "Secure connections",
    "V13": "Configuration",
    "V14": "Protecting data",
    "V15": "Code and architecture",
    "V16": "Logs and failures",
    "V17": "WebRTC",
}


@dataclass(frozen=True, slots=True)
class Requirement:
    """shown: files of the project, each with the test in it that shows the answer, if it is a test."""

    number: str
    level: int
    asks: str
    answer: Answer
    how: str
    shown: tuple[str, ...]

    @property
    def chapter(self) -> str:
        return self.number.partition(".")[0]

    @property
    def place(self) -> tuple[int, ...]:
        return tuple(int(each) for each in self.number.removeprefix("V").split("."))


def requirements() -> list[Requirement]:
    """Return what the file says, as it stands there."""
    return [
        Requirement(
            each["number"], each["level"], each["asks"], Answer(each["answer"]), each.get("how", ""),
            tuple(each.get("shown", ())),
        )
        for each in YAML(typ="safe").load(SOURCE)
    ]  # fmt: skip


def page(found: Sequence[Requirement]) -> str:
    chapters = "\n\n".join(
        f"## {chapter}. {title}\n\n{_table(each for each in found if each.chapter == chapter)}"
        for chapter, title in CHAPTERS.items()
    )
    return f"{HEAD.read_text()}\n{counts(found)}\n\n{chapters}\n"


def counts(found: Sequence[Requirement]) -> str:
    """Return the table of how many requirements have which answer, by chapter."""
    lines = ["| chapter | " + " | ".join(Answer) + " | together |", "|---" * (len(Answer) + 2) + "|"]
    for chapter, title in CHAPTERS.items():
        lines.append(_count_line(f"{chapter} {title}", [each for each in found if each.chapter == chapter]))
    return "\n".join([*lines, _count_line("**all**", found)])


def _count_line(name: str, found: Sequence[Requirement]) -> str:
    counts: Mapping[Answer, int] = Counter(each.answer for each in found)
    return f"| {name} | " + " | ".join(str(counts[answer]) for answer in Answer) + f" | {len(found)} |"


def _table(found: Iterable[Requirement]) -> str:
    lines = ["| | level | what it asks | | how, or why not | shown by |", "|---|---|---|---|---|---|"]
    for each in found:
        shown = "<br>".join(_link(one) for one in each.shown)
        answer = "" if each.answer is Answer.DOES_NOT_APPLY else "**"
        lines.append(
            f"| {each.number} | {each.level} | {each.asks} | {answer}{each.answer}{answer} | {each.how} | {shown} |"
        )
    return "\n".join(lines)


def _link(shown: str) -> str:
    """Return a link to a file; of a test, its sentence."""
    path, _, test = shown.partition("::")
    words = test.removeprefix("test_").replace("_", " ") or f"`{path}`"
    return f"[{words}](../../{path})"


def main() -> None:
    PAGE.write_text(page(requirements()))


if __name__ == "__main__":
    main()
