"""round open, list, last-day, close, cancel, bring-back; invite; responses template, import; report."""

from datetime import date, datetime
from pathlib import Path

import click

from app.cli.asking import asking_options, day_of, purpose_of
from app.cli.installation import database, settings
from app.cli.output import as_json_option, print_rows, values_of
from app.responses import ProviderView
from app.standards import LANGUAGES, Audience
from app.surveys import Length

_existing_file = click.Path(path_type=Path, exists=True, dir_okay=False)
_new_file = click.Path(path_type=Path, dir_okay=False)


def register(group: click.Group) -> None:
    for command in (round_, invite, responses, report):
        group.add_command(command)


@click.group("round")
def round_() -> None:
    """Periods of asking."""


@round_.command("open")
@click.argument("provider_id", metavar="PROVIDER")
@click.option("--survey", "survey_id", required=True)
@click.option("--version")
@click.option("--length", type=values_of(Length), default=Length.FULL.value, show_default=True)
@click.option("--provider-view", type=values_of(ProviderView), default=ProviderView.AGREED.value, show_default=True)
@click.option("--campaign", "campaign_id")
@click.option("--site", "site_id", help="For one site of the provider; else for all of it.")
@click.option("--check-paper", "paper_is_checked", is_flag=True, help="A second person types in what comes on paper.")
@click.option("--safeguarding", "contact_id", metavar="CONTACT", help="Who takes concerns; else the first who may.")
@asking_options
def open_(
    provider_id: str,
    survey_id: str,
    version: str | None,
    length: str,
    provider_view: str,
    campaign_id: str | None,
    site_id: str | None,
    contact_id: str | None,
    words: str,
    basis: str | None,
    condition: str,
    last_on: datetime | None,
    *,
    paper_is_checked: bool,
) -> None:
    """Open a round and print its id."""
    from app.services.rounds import open_round

    opened = open_round(
        database(),
        provider_id,
        survey_id,
        version=version,
        length=Length(length),
        provider_view=ProviderView(provider_view),
        campaign_id=campaign_id,
        site_id=site_id,
        safeguarding_contact_id=contact_id,
        paper_is_checked=paper_is_checked,
        purpose=purpose_of(words, basis, condition),
        last_on=day_of(last_on),
        on=date.today(),
    )
    click.echo(opened.id)


@round_.command("list")
@click.option("--provider", "provider_id")
@click.option("--campaign", "campaign_id")
@as_json_option
def list_all(provider_id: str | None, campaign_id: str | None, *, as_json: bool) -> None:
    """List the rounds, newest first."""
    from app.services.rounds import all_rounds

    rows = [
        {
            "id": each.id,
            "provider": each.provider_id,
            "state": each.state.value,
            "survey": each.survey_id,
            "version": each.survey_version,
            "campaign": each.campaign_id or "",
            "site": each.site_id or "",
        }
        for each, _ in all_rounds(database(), provider_id=provider_id, campaign_id=campaign_id)
    ]
    print_rows(rows, as_json=as_json)


@round_.command("close")
@click.argument("round_id", metavar="ROUND")
def close(round_id: str) -> None:
    """Close a round, freeze its release, and print the release's id and hash."""
    from app.services.closing import close_round

    released = close_round(database(), round_id, on=date.today())
    click.echo(f"{released.id} {released.sha256}")


@round_.command("last-day")
@click.argument("round_id", metavar="ROUND")
@click.argument("day", type=click.DateTime(["%Y-%m-%d"]), required=False)
def last_day(round_id: str, day: datetime | None) -> None:
    """Plan another last day of an open round; without a day, none."""
    from app.services.rounds import change_last_day, view_of

    before = view_of(database(), round_id).round.last_on
    change_last_day(database(), round_id, day_of(day), before=before, on=date.today())


@round_.command("cancel")
@click.argument("round_id", metavar="ROUND")
def cancel(round_id: str) -> None:
    """Call an open round off, and print the day from which it cannot be brought back."""
    from app.services.calling_off import cancel_round

    click.echo(cancel_round(database(), round_id, on=date.today()).gone_on)


@round_.command("bring-back")
@click.argument("round_id", metavar="ROUND")
def bring_back(round_id: str) -> None:
    """Open a round again that was called off."""
    from app.services.calling_off import bring_back as bring

    bring(database(), round_id, on=date.today())


@click.command()
@click.argument("round_id", metavar="ROUND")
@click.option("--audience", type=values_of(Audience), required=True)
@click.option("--count", type=int, help="How many links to print.")
@click.option("--addresses", "file", type=_existing_file, metavar="FILE", help="Send letters to these instead.")
@click.option("--language", type=click.Choice(list(LANGUAGES)), default="en", show_default=True, help="Of the letters.")
def invite(round_id: str, audience: str, count: int | None, file: Path | None, language: str) -> None:
    """Print one-time links, one a line, or post a letter with one to every address of a file.

    Printed links are stored nowhere: keep what is printed.
    """
    from app.services.inviting import invite as make_links

    if (count is None) == (file is None):
        raise click.UsageError("Give --count or --addresses, and not both.")
    if file is not None:
        _ask_by_letter(round_id, Audience(audience), file, language)
        return
    for link in make_links(database(), round_id, Audience(audience), count or 0):
        click.echo(link.url(settings().base_url))


def _ask_by_letter(round_id: str, audience: Audience, file: Path, language: str) -> None:
    from app.library.address_file import LARGEST_FILE, read_address_file
    from app.services.asking import addressees, ask

    with file.open("rb") as stream:
        given = addressees(read_address_file(str(file), stream.read(LARGEST_FILE + 1)).rows, language)
    asked = ask(database(), settings(), round_id, audience, given, date.today())
    click.echo(f"{asked} asked, {len(given) - asked} asked before or named twice")


@click.group()
def responses() -> None:
    """Responses from a file."""


@responses.command("template")
@click.argument("round_id", metavar="ROUND")
@click.option("--format", "kind", type=click.Choice(["csv", "xlsx"]), required=True)
@click.option("--out", type=_new_file, required=True)
def template(round_id: str, kind: str, out: Path) -> None:
    """Write an empty responses file for a round."""
    from app.cli.writing import refuse_unwritable
    from app.services.importing import write_template_for

    refuse_unwritable(out)
    write_template_for(database(), round_id, out, kind)


@responses.command("import")
@click.argument("round_id", metavar="ROUND")
@click.argument("file", type=_existing_file)
def import_(round_id: str, file: Path) -> None:
    """Add a file's responses to a round: all rows or none."""
    from app.services.importing import import_responses

    imported = import_responses(database(), settings().hash_key(), round_id, file, date.today())
    click.echo(f"{imported.new_count} imported, {imported.known_count} already there")


@click.command()
@click.argument("round_id", metavar="ROUND")
@click.option("--format", "kind", type=click.Choice(["json", "xlsx", "html", "pdf", "csv"]), required=True)
@click.option("--out", type=_new_file, required=True)
def report(round_id: str, kind: str, out: Path) -> None:
    """Write a provider's report of a closed round, from its release."""
    from app.cli.reports import write_report

    write_report(database(), round_id, kind, out)
