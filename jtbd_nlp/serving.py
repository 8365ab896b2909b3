"""Serves the report page of a study to its own machine and takes its edits: a study in, a small HTTP server out.

Only 127.0.0.1, only with the token of this run in the path, only for requests whose Host and Origin are this server,
and only two things can be done: read the page, and append edits to curation.toml under the study's lock. The page is
at ``http://127.0.0.1:PORT/TOKEN/``; it posts ``{"format": 1, "edit": [...]}`` to ``edits`` beside it.
"""

from __future__ import annotations

import hmac
import json
import logging
import secrets
import socketserver
import sys
import webbrowser
from collections.abc import Callable, Mapping
from contextlib import suppress
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from .errors import JtbdError, StudyError
from .reporting.page import to_html
from .study import Study
from .study.curation import active_edits, edits_from_dict
from .study.joining import without_known

HOST = "127.0.0.1"
_log = logging.getLogger("jtbd_nlp")
_MAX_BODY = 2_000_000  # bytes of one post of edits
_TIMEOUT_S = 20  # of a connection that says nothing
_HEADERS = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",  # the token is in the path
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


class StudyServer(ThreadingHTTPServer):
    """A server for one study; ``url`` is where the page is. Use it as a context manager, and ``serve_forever``.

    Parameters
    ----------
    study : Study
        One that was mined.
    port : int, default=0
        0 takes a free one.
    token : str or None, default=None
        None makes a new one; it is what lets a browser in.

    Raises
    ------
    StudyError
        If the study has no report, or the port is taken.
    """

    daemon_threads = True
    allow_reuse_address = False

    def __init__(self, study: Study, *, port: int = 0, token: str | None = None) -> None:
        self.study = study
        self.token = token or secrets.token_urlsafe(24)
        _ = study.report
        try:
            super().__init__((HOST, port), _Handler)
        except (OSError, OverflowError) as error:
            raise StudyError(f"port must be free, got {port}: {error}. Choose another one, or 0 for any.") from error

    @property
    def url(self) -> str:
        """Return the address of the page, with its token."""
        return f"http://{HOST}:{self.server_port}/{self.token}/"

    def server_bind(self) -> None:
        """Bind without asking the network for this machine's name, as the base class would."""
        socketserver.TCPServer.server_bind(self)
        self.server_name, self.server_port = HOST, int(self.server_address[1])

    def handle_error(self, request: Any, client_address: Any) -> None:  # noqa: ARG002
        """Log what went wrong, without the path that holds the token; a browser that goes away is no error."""
        if not isinstance(sys.exc_info()[1], ConnectionError | TimeoutError):
            _log.exception("the page could not be served")


class _Handler(BaseHTTPRequestHandler):
    server: StudyServer
    server_version = "jtbd-nlp"
    sys_version = ""
    timeout = _TIMEOUT_S

    def do_GET(self) -> None:
        """Answer with the page of the last run, or with the edits so far and which of them count."""
        asked = self._asked()
        try:
            self._show(asked)
        except JtbdError as error:  # the results were taken away since, or a hand edit broke the file
            self._refuse(HTTPStatus.CONFLICT, str(error))

    def _show(self, asked: str | None) -> None:
        if asked == "":
            study = self.server.study
            page = to_html(study.report, **({"title": study.title} if study.title else {}))
            self._send(HTTPStatus.OK, "text/html; charset=utf-8", page.encode("utf-8"))
        elif asked == "edits":
            edits = self.server.study.history()
            active = [edit.id for edit in active_edits(edits)]
            self._json(HTTPStatus.OK, {"format": 1, "edit": [edit.to_dict() for edit in edits], "active": active})
        elif asked is not None:
            self._refuse(HTTPStatus.NOT_FOUND, "there is no such page")

    def do_POST(self) -> None:
        """Append edits; all of them or none."""
        asked = self._asked()
        if asked is None:
            return
        if asked != "edits":
            self._refuse(HTTPStatus.NOT_FOUND, "there is no such page")
            return
        body = self._body()
        if body is None:
            return
        try:
            posted = edits_from_dict(json.loads(body), origin="edits")
            # a second tab with the same unsaved edits, or a save whose answer was lost, brings them again
            written = self.server.study.record(*without_known(posted, self.server.study.history()))
        except (ValueError, RecursionError) as error:
            self._refuse(HTTPStatus.BAD_REQUEST, f"edits must be JSON, got: {error}")
        except JtbdError as error:
            self._refuse(HTTPStatus.CONFLICT, str(error))
        else:
            self._json(HTTPStatus.OK, {"ok": True, "edit": [edit.to_dict() for edit in written]})

    def log_message(self, format: str, *args: Any) -> None:
        """Print nothing: the path holds the token."""

    def _asked(self) -> str | None:
        """Return what is asked for below the token, or refuse and return None."""
        token, _, rest = self.path.partition("?")[0].removeprefix("/").partition("/")
        fault = self._fault(token)
        if fault is not None:
            self._refuse(HTTPStatus.FORBIDDEN, fault)
        return rest if fault is None else None

    def _fault(self, token: str) -> str | None:
        port = self.server.server_port
        hosts = [f"{HOST}:{port}", f"localhost:{port}"]
        if self.headers.get_all("Host", []) not in [[host] for host in hosts]:  # a rebound name of another site
            return "Host must be this machine"
        origin = self.headers.get("Origin", "" if self.command == "GET" else "none")
        if origin and origin not in [f"http://{host}" for host in hosts]:
            return "Origin must be this server"
        if not hmac.compare_digest(token.encode("utf-8", "replace"), self.server.token.encode()):
            return "the token is missing or wrong; open the address that was printed"
        return None

    def _body(self) -> bytes | None:
        kind = self.headers.get("Content-Type", "").partition(";")[0].strip().lower()
        if kind != "application/json":
            self._refuse(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "Content-Type must be application/json")
            return None
        length = self.headers.get("Content-Length", "")
        if not (length.isascii() and length.isdigit() and len(length) < 12) or int(length) > _MAX_BODY:
            self._refuse(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, f"edits must have at most {_MAX_BODY} bytes")
            return None
        return self.rfile.read(int(length))

    def _refuse(self, status: HTTPStatus, why: str) -> None:
        self.close_connection = True
        self._json(status, {"ok": False, "error": why})

    def _json(self, status: HTTPStatus, value: Mapping[str, Any]) -> None:
        self._send(status, "application/json; charset=utf-8", json.dumps(value, ensure_ascii=True).encode())

    def _send(self, status: HTTPStatus, kind: str, data: bytes) -> None:
        self.send_response(status)
        for name, value in {"Content-Type": kind, "Content-Length": str(len(data)), **_HEADERS}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(data)


def serve_study(
    folder: Path | str,
    *,
    port: int = 0,
    open_browser: bool = False,
    say: Callable[[str], object] | None = None,
    by: str | None = None,
) -> None:
    """Serve a study until the process is interrupted.

    Parameters
    ----------
    folder : Path or str
        The study.
    port : int, default=0
        0 takes a free one.
    open_browser : bool, default=False
        Open the page.
    say : callable or None, default=None
        Gets the address once the server is ready; None writes it to the standard output.
    by : str or None, default=None
        Who edits in the page; written into each edit.

    Raises
    ------
    StudyError
        As for `StudyServer`.
    """
    with StudyServer(Study.open(folder, by=by), port=port) as server:
        (say or _say)(server.url)
        if open_browser:
            webbrowser.open(server.url)
        with suppress(KeyboardInterrupt):
            server.serve_forever()


def _say(url: str) -> None:
    sys.stdout.write(f"{url}\nCtrl-C ends it.\n")
    sys.stdout.flush()
