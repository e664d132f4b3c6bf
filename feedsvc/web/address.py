"""Where the server listens, tried before it starts."""

from __future__ import annotations

import socket
import time
from dataclasses import dataclass

from feedsvc.errors import FeedsvcError

_PATIENCE = 30.0
_PAUSE = 0.05


class ServerError(FeedsvcError):
    """The server cannot start: the address is taken, unknown or not ours to use."""


@dataclass(frozen=True, slots=True)
class Address:
    """A numeric host and a port other than 0."""

    host: str
    port: int

    @property
    def url(self) -> str:
        """What to type into a browser on this machine."""
        host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(self.host, self.host)  # noqa: S104
        return f"http://[{host}]:{self.port}/" if ":" in host else f"http://{host}:{self.port}/"

    def wait_until_it_answers(self) -> None:
        """Return once something accepts connections here, or after half a minute."""
        family = socket.AF_INET6 if ":" in self.host else socket.AF_INET
        for _ in range(int(_PATIENCE / _PAUSE)):
            time.sleep(_PAUSE)
            with socket.socket(family, socket.SOCK_STREAM) as probe:
                if probe.connect_ex((self.host, self.port)) == 0:
                    return


def free_address(host: str, port: int) -> Address:
    """Find the address of `host` and see that nobody listens there; port 0 takes a free one.

    Granian would not notice: it shares its port with whoever else does (`SO_REUSEPORT`).
    Raises ServerError.
    """
    if not 0 <= port <= 65535:
        raise ServerError(f"cannot listen at port {port}: ports go from 0 to 65535")
    try:
        family, kind, protocol, _, place = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(place)
            taken = probe.getsockname()
    except (OSError, UnicodeError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise ServerError(
            f"cannot listen at {host}:{port}: {reason}; choose another with --host or --port"
        ) from error
    return Address(str(taken[0]), int(taken[1]))
