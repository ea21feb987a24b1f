"""searchkit serve: the page for readers, and the API for programs."""

from __future__ import annotations

import ipaddress
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from searchkit.cli import output
from searchkit.cli.command import Command
from searchkit.cli.options import index_option, open_index
from searchkit.cli.translated import PathType, option
from searchkit.errors import SearchkitError
from searchkit.locale.spoken import say

if TYPE_CHECKING:
    from searchkit.web import ServerSettings

PORT = 8765


@click.command(
    "serve",
    cls=Command,
    short_help="The page for readers in a browser, and the API.",
    example="searchkit serve --open\nsearchkit serve --name 'City archive' --port 8000",
)
@index_option
@option("-p", "--port", type=click.IntRange(0, 65535), default=PORT, show_default=True, help="0 takes any free one.")
@option("-o", "--open", "open_page", is_flag=True, help="Open the page in the browser.")
@option("--name", default="", help="The name of the collection, to stand on its pages.")
@option(
    "--address",
    default="127.0.0.1",
    show_default=True,
    help="Where to listen; other than this computer alone needs --password-file, --token-file or --public.",
)
@option(
    "--host-name",
    "host_names",
    multiple=True,
    metavar="NAME",
    help="A further name that readers reach it by, with the port where it has one.",
)
@option(
    "--password-file",
    type=PathType(exists=True, dir_okay=False, path_type=Path),
    help="A file with the password that readers type.",
)
@option(
    "--token-file",
    type=PathType(exists=True, dir_okay=False, path_type=Path),
    help="A file with the token that programs send.",
)
@option("--public", is_flag=True, help="Let everybody read who reaches the address.")
@option(
    "--read-only/--judge",
    "read_only",
    default=None,
    help="Whether mentions can be judged; by default on this computer alone.",
)
@option("--allow-update", is_flag=True, help="Let readers bring the index up to date from its page.")
@option("--no-originals", is_flag=True, help="Do not give the files themselves.")
@option(
    "--notes",
    type=PathType(dir_okay=False, path_type=Path),
    help="The file of the judgements.  [default: INDEX-notes.sqlite beside the index]",
)
@option(
    "--get",
    "address_of_answer",
    metavar="ADDRESS",
    help="Print the answer to an address such as '/api/v1/search?q=x', and end.",
)
def command(
    folder: Path,
    port: int,
    open_page: bool,
    name: str,
    address: str,
    host_names: tuple[str, ...],
    password_file: Path | None,
    token_file: Path | None,
    public: bool,
    read_only: bool | None,
    allow_update: bool,
    no_originals: bool,
    notes: Path | None,
    address_of_answer: str | None,
) -> None:
    """Serve the index as a page in the browser, in Kazakh, Uzbek, Russian and English, until Ctrl-C.

    Only this computer reaches it, unless you say otherwise. An update with searchkit index may run meanwhile. Needs the
    libraries of pip install 'searchkit[web]'.
    """
    local = _is_local(address)
    if not (local or public or password_file or token_file):
        raise SearchkitError(
            f"Everybody who reaches {address} could read the collection: give --password-file FILE, or --public if that is"
            " meant."
        )
    try:
        import uvicorn

        from searchkit.web import ServerSettings
    except ImportError:
        raise SearchkitError("The page needs more libraries: install them with pip install 'searchkit[web]'.") from None

    settings = ServerSettings(
        name=name,
        originals=not no_originals,
        read_only=(not local) if read_only is None else read_only,
        allow_update=allow_update,
        notes=notes,
        token=_secret(token_file),
        password=_secret(password_file),
    )
    with open_index(folder) as index:
        if address_of_answer is not None:
            from searchkit.web.offline import get

            status, body = get(index, settings, address_of_answer)
            sys.stdout.buffer.write(body)
            if status >= 400:
                sys.exit(2)
            return
        _serve(uvicorn, index, settings, address, port, host_names, open_page)


def _serve(
    uvicorn: Any,
    index: Any,
    settings: ServerSettings,
    address: str,
    port: int,
    host_names: tuple[str, ...],
    open_page: bool,
) -> None:
    import dataclasses
    import gc
    import socket

    from searchkit.web import app

    listening = socket.socket(socket.AF_INET6 if ":" in address else socket.AF_INET)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((address, port))
        listening.listen(128)
    except OSError as error:
        raise SearchkitError(
            f"{address}:{port} cannot be listened on ({error.strerror}): choose another port with --port."
        ) from None
    port = listening.getsockname()[1]
    names = ("127.0.0.1", "localhost", "[::1]")
    own = () if _is_local(address) or address in ("0.0.0.0", "::") else (f"[{address}]" if ":" in address else address,)  # noqa: S104
    hosts = (*(f"{name}:{port}" for name in (*names, *own)), *host_names, *(names if port == 80 else ()))
    settings = dataclasses.replace(settings, hosts=tuple(name.lower() for name in hosts))
    shown = f"http://127.0.0.1:{port}/" if address in ("127.0.0.1", "0.0.0.0", "::") else f"http://{address}:{port}/"  # noqa: S104
    output.echo(say("The page is at %(address)s – end it with Ctrl-C.", address=shown))
    output.flush()
    if open_page:
        click.launch(shown)
    server = uvicorn.Server(
        uvicorn.Config(app(index, settings), log_level="error", access_log=False, server_header=False, lifespan="off")
    )
    # What is loaded by now stays to the end. To look for garbage in it again and again takes an eighth of the time of an answer.
    gc.freeze()
    try:
        server.run(sockets=[listening])
    except KeyboardInterrupt:
        pass
    finally:
        listening.close()


def _is_local(address: str) -> bool:
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return address == "localhost"


def _secret(file: Path | None) -> str:
    if file is None:
        return ""
    secret = file.read_text(encoding="utf-8").strip()
    if not secret:
        raise SearchkitError(f"{file} is empty: write the password into it.")
    return secret
