"""Every Python that starts with this folder in its path keeps to this machine.

A socket to another host, and the look-up of one, is refused and written to the file `$OFFLINE_LOG`.
An audit hook cannot be taken out again, and sees what C code of Python's own does.
"""

import os
import sys

_HERE = ("127.0.0.1", "::1", "localhost", "0.0.0.0", "", None)
_TO_ADDRESS = ("socket.connect", "socket.sendto", "socket.sendmsg")
_LOOK_UPS = ("socket.getaddrinfo", "socket.gethostbyname")


def _refuse(event: str, args: tuple[object, ...]) -> None:
    """Raises: ConnectionRefusedError where the event leaves this machine."""
    if event in _TO_ADDRESS:
        address = args[1]
        host = address[0] if isinstance(address, tuple) else None  # the address of a Unix socket is a path
    elif event in _LOOK_UPS:
        host = args[0]
    else:
        return
    if isinstance(host, bytes):
        host = host.decode()
    if host not in _HERE:
        with open(os.environ["OFFLINE_LOG"], "a", encoding="utf-8") as log:  # noqa: PTH123 needs no import
            print(event, host, sys.argv, file=log)
        raise ConnectionRefusedError(f"no host but this one may be reached, found {host}")


sys.addaudithook(_refuse)
