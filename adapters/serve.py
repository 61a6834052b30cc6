"""The command `verse serve`."""

from adapters.settings import from_environment


def serve() -> None:
    """Serve what is switched on, until it is stopped: worker, sender, reminders, /healthz, /readyz and /metrics."""
    from adapters import serving  # web server, metrics and migrations: no other command should wait for them

    serving.run(from_environment())
