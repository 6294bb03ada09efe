"""`geodigest explore`."""

from pathlib import Path
from typing import Annotated

import typer

from geodigest.commands.given_path import given_path
from geodigest.commands.output import ending, say


def explore(
    folder: Annotated[
        Path | None,
        typer.Argument(
            metavar="DIR",
            parser=given_path,
            help="A folder with dataset/parquet/; by default the package's own tables.",
        ),
    ] = None,
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port to serve on; 0 is any that is free.")] = 0,
    browser: Annotated[bool, typer.Option(help="Open the page in the browser.")] = True,
) -> None:
    """Look at the dataset in the browser: find studies, read them, and check each passage against its document.

    DIR is a clone, a release, or what `geodigest convert` wrote; a document is shown where DIR holds its text in
    `seeds/`. The page is served on 127.0.0.1, to this machine alone, until Ctrl+C; it asks no other host.

    Exit status: 0 ended by Ctrl+C; 1 the page is not built, DIR lacks a table, or the port is taken; 2 wrong use.
    """
    with ending():
        from geodigest.explorer import PAGE, explorer_files, explorer_server
        from geodigest.paths import package_root

        root = package_root()
        server = explorer_server(explorer_files(folder or root, root / "schema", PAGE), port)
    address = f"http://127.0.0.1:{server.server_port}/"
    with server:
        say(f"{address} (Ctrl+C ends it)")
        if browser:
            import webbrowser

            webbrowser.open(address)
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            raise typer.Exit from None
