"""What the documentation must name."""

from pathlib import Path

import click

from app.cli.main import commands
from config import Settings

DOCS = Path(__file__).parents[2] / "docs"


def test_every_setting_is_documented():
    page = (DOCS / "settings.md").read_text()
    names = [
        str(field.validation_alias or f"DRIVING_SEAT_{name.upper()}") for name, field in Settings.model_fields.items()
    ]
    assert [name for name in names if f"| `{name}` |" not in page] == []


def test_what_a_proxy_must_not_log_and_must_limit_is_documented():
    _, _, proxy = (DOCS / "settings.md").read_text().partition("## Behind a proxy")
    paragraphs = proxy.partition("## ")[0].split("\n\n")
    (not_logged,) = (each for each in paragraphs if "access log" in each)
    (limited,) = (each for each in paragraphs if "Let the proxy limit" in each)
    assert [path for path in ("`/a/`", "`/s/`") if path not in not_logged] == []
    tried = ("`/sign-in`", "`/verify`", "`/come-back`", "`/a/*/is-this-you`")
    assert [path for path in tried if path not in limited] == []


def test_every_command_and_option_is_documented():
    page = (DOCS / "commands.md").read_text()
    missing = []
    for words, command in walk(commands, ()):
        line = next((each for each in page.splitlines() if each.startswith(f"| `{' '.join(words)}")), "")
        options = [option for each in command.params if isinstance(each, click.Option) for option in each.opts]
        missing += [f"{words} {option}" for option in options if option not in line and option != "--json"]
        missing += [words] if not line else []
    assert missing == []


def walk(command: click.Command, words: tuple[str, ...]):
    if isinstance(command, click.Group):
        for name, each in command.commands.items():
            yield from walk(each, (*words, name))
    else:
        yield words, command


def test_every_link_between_documents_leads_somewhere():
    import re

    root = DOCS.parent
    broken = []
    for page in [*root.glob("*.md"), *DOCS.rglob("*.md")]:
        for target in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", page.read_text()):
            if "://" not in target and not (page.parent / target).exists():
                broken.append(f"{page.relative_to(root)}: {target}")
    assert broken == []
