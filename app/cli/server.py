"""The production server."""

import click
from gunicorn.app.base import BaseApplication

from app.errors import Refused
from app.outgoing.addresses import is_loopback
from app.services.installing import is_demonstration
from app.storage import Database
from app.web import create_app
from app.web.caretaker import caretaker_of
from app.web.postman import postman_of
from config import Settings


class Server(BaseApplication):  # type: ignore[misc]  # gunicorn has no types
    """gunicorn with threads, set up from here and not from files or the environment."""

    def __init__(self, settings: Settings, options: dict[str, object]) -> None:
        self.settings = settings
        self.options = options
        super().__init__()

    def load_config(self) -> None:
        for name, value in self.options.items():
            self.cfg.set(name, value)

    def load(self) -> object:
        return create_app(self.settings)


def run(settings: Settings, database: Database, *, host: str, port: int, workers: int, threads: int) -> None:
    """Serve until stopped. Raises Refused for a demonstration that others could reach."""
    if is_demonstration(database) and not is_loopback(host):
        raise Refused("A demonstration, with its known sign-ins, is served on this machine alone: use 127.0.0.1.")
    database.forget_traces()
    database.close()
    Server(
        settings,
        {
            "bind": f"[{host}]:{port}" if ":" in host else f"{host}:{port}",
            "workers": workers,
            "threads": threads,
            "worker_class": "gthread",
            "accesslog": None,
            "loglevel": "error",  # a warning would name the network address of whoever sent something odd
            "when_ready": _say_address,
            "post_worker_init": _begin_rounds,
            "control_socket_disable": True,
            "max_requests": 0,
        },
    ).run()


def _say_address(server: object) -> None:
    for listener in server.LISTENERS:  # type: ignore[attr-defined]  # gunicorn's arbiter has no types
        host, port, *_ = listener.getsockname()
        shown = f"[{host}]" if ":" in host else host
        click.echo(f"Driving Seat is ready at http://{shown}:{port}")


def _begin_rounds(worker: object) -> None:
    """Look for waiting letters, and for a day's turn, in each process: each is claimed by one of them."""
    app = worker.app.wsgi()  # type: ignore[attr-defined]  # gunicorn's worker has no types
    postman_of(app).go_round()
    caretaker_of(app).go_round()
