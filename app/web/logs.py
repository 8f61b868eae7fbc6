"""Logs: one event a request, with the endpoint and never the address, for an address can hold a link's secret."""

import logging
import sys

import structlog
from flask import Flask, Response, g, request

BY_LINK = frozenset({"answer", "shared", "come_back", "stop"})
"""The pages of people who answer, and of those with whom they share."""

NOT_FOUND, TOO_OFTEN = 404, 429


def configure(level: str) -> None:
    """Write JSON lines, from this level on, to what is standard error at that moment."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[level.upper()]),
        logger_factory=lambda *_: structlog.WriteLogger(sys.stderr),
    )


def prepare(app: Flask, level: str) -> None:
    configure(level)
    log = structlog.get_logger()
    app.logger.disabled = True

    def note_answer(response: Response) -> Response:
        log.info("answered", endpoint=request.endpoint, method=request.method, status=response.status_code)
        return response

    app.after_request(note_answer)


def note_refusal(status: int) -> None:
    """Log that somebody tried what they may not, or too often: which page, and the number of the account, if any.

    Not what respondents try: a time beside what they do is what we keep from everybody.
    """
    found = g.get("actor")
    if (request.blueprint in BY_LINK or (status == NOT_FOUND and found is None)) and status != TOO_OFTEN:
        return
    account = found.account_id if found else 0
    structlog.get_logger().warning("refused", endpoint=request.endpoint, status=status, account=account)


def note_fault(error: BaseException) -> None:
    """Log where an unexpected error came from. Its own words stay out: they may quote what somebody typed."""
    frames = []
    traceback = error.__traceback__
    while traceback is not None:
        code = traceback.tb_frame.f_code
        frames.append(f"{code.co_filename}:{traceback.tb_lineno} {code.co_name}")
        traceback = traceback.tb_next
    structlog.get_logger().error("fault", endpoint=request.endpoint, kind=type(error).__name__, frames=frames)
