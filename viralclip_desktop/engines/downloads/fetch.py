"""One file over HTTP: resumed where it broke off, checked by checksum, renamed at the end."""

from __future__ import annotations

import errno
import hashlib
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from viralclip_desktop.core.errors import EnvironmentLacks, Fault
from viralclip_desktop.core.files import Partial
from viralclip_desktop.core.messages import say
from viralclip_desktop.core.progress import CancelToken
from viralclip_desktop.engines.gate import NetworkGate

if TYPE_CHECKING:
    import httpx

_ATTEMPTS = 4
_TIMEOUT_S = 30.0


@dataclass(frozen=True, slots=True)
class RemoteFile:
    """A file on a server and what is known of it. An empty checksum is not checked."""

    name: str
    url: str
    size: int
    sha256: str = ""
    git_blob: str = ""
    """Its id in git: SHA-1 over ``blob``, the size and the content."""


class Damaged(Fault):
    """What arrived is not what the server announced."""


def new_client(gate: NetworkGate) -> httpx.Client:
    """A client for :func:`fetch` that asks the gate before every request; close it after use."""
    import httpx

    hooks = {"request": [lambda _request: gate.check("Installing a model")]}
    return httpx.Client(follow_redirects=True, timeout=_TIMEOUT_S, event_hooks=hooks)


def fetch(
    client: httpx.Client,
    file: RemoteFile,
    out: Path,
    on_bytes: Callable[[int], None],
    cancel: CancelToken,
) -> None:
    """Bring ``file`` to ``out``; what is there as ``out.partial`` is not fetched again.

    ``on_bytes`` is told how many bytes of the file are there. Raises Cancelled (the partial file stays),
    EnvironmentLacks for the network and the disk, and :class:`Damaged` (the partial file goes).
    """
    beside = Partial(out.with_name(f"{out.name}.partial"), out)
    partial = beside.path
    problem = ""
    for _ in range(_ATTEMPTS):
        cancel.raise_if_cancelled()
        problem = _try(client, file, partial, on_bytes, cancel)
        if not problem:
            break
    if problem:
        raise EnvironmentLacks(
            "The download broke off.",
            "Check the network and try again; it goes on where it stopped.",
            problem,
        )
    _check(file, partial)
    beside.finish()


def _try(
    client: httpx.Client,
    file: RemoteFile,
    partial: Path,
    on_bytes: Callable[[int], None],
    cancel: CancelToken,
) -> str:
    """One attempt at the rest of the file; what went wrong with the network, or ""."""
    import httpx

    have = partial.stat().st_size if partial.exists() else 0
    if have > file.size:
        partial.unlink()
        have = 0
    if have == file.size and partial.exists():
        on_bytes(have)
        return ""
    try:
        return _receive(client, file, partial, on_bytes, cancel)
    except httpx.HTTPError as error:
        cancel.raise_if_cancelled()
        return f"{type(error).__name__}: {error}"
    except OSError as error:
        cancel.raise_if_cancelled()
        raise _disk_fault(error, partial) from error


def _receive(
    client: httpx.Client,
    file: RemoteFile,
    partial: Path,
    on_bytes: Callable[[int], None],
    cancel: CancelToken,
) -> str:
    have = partial.stat().st_size if partial.exists() else 0
    headers = {"Accept-Encoding": "identity"} | ({"Range": f"bytes={have}-"} if have else {})
    with client.stream("GET", file.url, headers=headers) as response, _ends_with(response, cancel):
        if response.status_code >= 500:
            return f"the server answered {response.status_code}"
        if response.status_code >= 400:
            raise EnvironmentLacks(
                say("The server does not give out {name}.", name=file.name),
                "Try again later.",
                f"HTTP {response.status_code}",
            )
        goes_on = response.status_code == 206 and have > 0
        have = have if goes_on else 0
        with partial.open("ab" if goes_on else "wb") as out:
            for data in response.iter_raw():
                cancel.raise_if_cancelled()
                out.write(data)
                have += len(data)
                on_bytes(min(have, file.size))
                if have > file.size:
                    break  # it may never end; what is there is another file than the one that was asked for
    return "" if have >= file.size else f"{have} of {file.size} bytes arrived"


@contextmanager
def _ends_with(response: httpx.Response, cancel: CancelToken) -> Iterator[None]:
    """While inside, a cancel shuts the connection, so that a silent server keeps nobody waiting."""

    def shut() -> None:
        stream: Any = response.extensions.get("network_stream")
        connection = stream.get_extra_info("socket") if stream is not None else None
        if connection is not None:
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)

    forget = cancel.on_cancel(shut)
    try:
        yield
    finally:
        forget()


def _check(file: RemoteFile, partial: Path) -> None:
    wanted, found = file.size, partial.stat().st_size
    damaged = found != wanted
    if not damaged and file.sha256:
        damaged = file_sha256(partial) != file.sha256
    elif not damaged and file.git_blob:
        damaged = _git_blob(partial) != file.git_blob
    if damaged:
        partial.unlink()
        raise Damaged(
            say("{name} arrived damaged.", name=file.name), "Try again.", f"{found} of {wanted} bytes"
        )


def file_sha256(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _git_blob(path: Path) -> str:
    data = path.read_bytes()
    return hashlib.sha1(b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest()


def _disk_fault(error: OSError, path: Path) -> Fault:
    if error.errno == errno.ENOSPC:
        return EnvironmentLacks("The disk is full.", "Free some space and try again; the download goes on.")
    return EnvironmentLacks(
        say("{parent} cannot be written.", parent=path.parent),
        "Choose another models folder, or allow writing.",
        str(error),
    )
