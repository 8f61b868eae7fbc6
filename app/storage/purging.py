"""Deleting for good what a round that was called off had collected."""

from sqlalchemy import Connection, delete, select

from app.responses import Round
from app.storage.tables import (
    address_list,
    come_back,
    invitation,
    observation,
    response,
    round_address,
    share,
    visit,
)


def remove_answers(connection: Connection, of: Round) -> None:
    """Delete a round's responses and invitations, whom it wrote to, shares and short codes, and what checkers saw.

    Concerns stay: they belong to the safeguarding contact whom they were sent to. So do the plans of visits, which name
    no respondent, and evidence, which is the provider's own.
    """
    ids = select(response.c.id).where(response.c.provider_id == of.provider_id, response.c.round_id == of.id)
    visits = select(visit.c.id).where(visit.c.provider_id == of.provider_id, visit.c.round_id == of.id)
    connection.execute(delete(share).where(share.c.provider_id == of.provider_id, share.c.response_id.in_(ids)))
    connection.execute(
        delete(observation).where(observation.c.provider_id == of.provider_id, observation.c.visit_id.in_(visits))
    )
    for table in (come_back, response, invitation, round_address, address_list):
        connection.execute(delete(table).where(table.c.provider_id == of.provider_id, table.c.round_id == of.id))
