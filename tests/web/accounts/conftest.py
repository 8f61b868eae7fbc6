import pytest
from pydantic import SecretStr

from tests.site import Site


@pytest.fixture
def site(site: Site) -> Site:
    """An installation that sends letters: they wait in the outbox, for no postman runs here."""
    to_nowhere = {"mail_server": SecretStr("smtp://127.0.0.1:9"), "mail_from": "driving-seat@example.org"}
    site.app.extensions["driving_seat_settings"] = site.settings.model_copy(update=to_nowhere)
    return site
