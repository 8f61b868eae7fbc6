"""A provider's report: the one place that knows the order from a stored release to the report that people read."""

from app.disclosure import Release
from app.errors import Conflict
from app.organisations import Act, require
from app.reports import ProviderReport, provider_report
from app.services.publishing import standards_of, survey_of
from app.services.rounds import provider_or_refuse, round_or_refuse, site_name_of
from app.storage import Database, releases


def provider_report_of(database: Database, round_id: str) -> ProviderReport:
    """Return a closed round's report. Raises NotFound, and Conflict for a round that has not closed."""
    with database.reading() as connection:
        of = round_or_refuse(connection, round_id)
        require(database.actor, Act.SEE_ROUNDS, of.provider_id)
        provider, site_name = provider_or_refuse(connection, of.provider_id), site_name_of(connection, of)
        found = releases.release_of(connection, of)
    if of.is_cancelled:
        raise Conflict("This round has been called off, so there is no result.")
    if found is None:
        raise Conflict("This round is still open. Its results can be seen once it has closed.")
    release = Release.from_document(found.document, found.sha256)
    return provider_report(release, standards_of(database, of), survey_of(database, of), provider.name, site_name)
