"""What the documentation must name."""

from pathlib import Path

import click

from app.cli.main import commands
from config import Settings
from tests.site import Site

DOCS = Path(__file__).parents[2] / "docs"


def test_every_setting_is_documented():
    page = (DOCS / "settings.md").read_text()
    names = [
        str(field.validation_alias or f"DRIVING_SEAT_{name.upper()}") for name, field in Settings.model_fields.items()
    ]
    assert [name for name in names if f"| `{name}` |" not in page] == []


def test_what_a_proxy_must_not_log_is_documented(shared_site: Site):
    """Every address that holds a secret, found among the routes."""
    page = (DOCS / "settings.md").read_text()
    (not_logged,) = (each for each in page.split("\n\n") if "access log" in each)
    secret = {
        rule.rule.partition("<")[0] for rule in shared_site.app.url_map.iter_rules() if "token" in str(rule.arguments)
    }
    unused = {"/account/second-step/app/"}
    assert sorted(each for each in secret - unused if f"`{each}`" not in not_logged) == []


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
