"""The Flask app, and the blueprint for somebody else's."""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING

from flask import Blueprint, Flask, Response, current_app, request
from werkzeug.exceptions import HTTPException

from feedsvc.clock import present
from feedsvc.errors import FeedsvcError
from feedsvc.pages.links import url_path
from feedsvc.web.answers import Answer, Conditions
from feedsvc.web.opening import open_source
from feedsvc.web.responder import ALLOWED, Responder
from feedsvc.web.sending import BLOCK

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from werkzeug.sansio.response import Response as BaseResponse

    from feedsvc.web.sending import Sender
    from feedsvc.web.source import Clock, Publication, Site

_METHODS = ALLOWED.split(", ")
_COMPLAIN_EVERY = 60.0  # seconds: as many requests as there are would fill a disk with one sentence


def create_app(site: str | Path | Site | None = None, *, clock: Clock = present) -> Flask:
    """A Flask app that serves a site from its root.

    `site` is a folder or an opened site; None means the folder in the environment's
    `FEEDSVC_SITE`, else the current one. Raises ConfigError or SiteNotFoundError.
    """
    app = Flask("feedsvc", static_folder=None, template_folder=None)
    app.register_blueprint(create_blueprint(site, clock=clock))
    app.register_error_handler(HTTPException, _plain)
    return app


def create_blueprint(
    site: str | Path | Site | None = None,
    *,
    name: str = "feedsvc",
    clock: Clock = present,
) -> Blueprint:
    """A blueprint that serves a site below the `url_prefix` it is registered with.

    The site's `url` must name that place: no link is made from the request. Arguments and
    errors are those of `create_app`.
    """
    opened = open_source(site)
    responder = Responder(opened)
    blueprint = Blueprint(name, __name__)
    complaint = "", 0.0  # what was logged last, and when

    # (merging slashes, Werkzeug would put the request's Host into the redirect from `//feed.atom`)
    root = {"path": ""}

    @blueprint.route(
        "/", methods=_METHODS, defaults=root, strict_slashes=False, merge_slashes=False
    )
    @blueprint.route("/<path:path>", methods=_METHODS, merge_slashes=False)
    def published(path: str) -> Response:
        if request.method == "OPTIONS":
            return _response(responder.options)
        if _has_more_slashes(path):
            return _response(responder.missing)
        now = clock()
        publication = opened.current(now)
        path = "/" + path
        if path == "/" and not _asked().endswith("/"):
            answer = responder.moved(_slashed(), publication, now)
        else:
            answer = responder.answer(publication, path, _conditions(), now)
            if answer.status == 404 and _folder_published(publication, path):
                answer = responder.moved(_slashed(), publication, now)
        return _response(answer)

    @blueprint.errorhandler(FeedsvcError)
    def unready(error: FeedsvcError) -> Response:
        # The folder is away, or changes faster than it can be read: a matter of seconds.
        nonlocal complaint
        before, since = complaint
        if str(error) != before or monotonic() - since >= _COMPLAIN_EVERY:
            complaint = str(error), monotonic()
            current_app.logger.error("%s", error)
        return _response(responder.unavailable)

    return blueprint


def _has_more_slashes(path: str) -> bool:
    """Whether there are slashes before or behind the path for which Werkzeug shows only one."""
    raw: str = request.environ["PATH_INFO"]
    return raw.startswith("//") or (not path and raw.endswith("//"))


def _response(answer: Answer) -> Response:
    body = answer.body if answer.sender is None else _sent(answer.sender)
    response = Response(body, answer.status, direct_passthrough=answer.sender is not None)
    response.headers.clear()
    response.headers.extend(answer.headers)
    return response


def _sent(sender: Sender) -> Iterable[bytes]:
    """The body; a server that has its own way to send a whole file (PEP 3333) is given the file."""
    if request.method == "HEAD":
        sender.close()
        return ()
    wrapper = request.environ.get("wsgi.file_wrapper")
    return wrapper(sender.stream, BLOCK) if wrapper and sender.whole else sender


def _conditions() -> Conditions:
    return Conditions(
        request.headers.get("If-None-Match"),
        request.headers.get("If-Modified-Since"),
        request.headers.get("If-Match"),
        request.headers.get("If-Unmodified-Since"),
        # A range is of what GET sends (RFC 9110 §14.2).
        request.headers.get("Range") if request.method == "GET" else None,
        request.headers.get("If-Range"),
    )


def _folder_published(publication: Publication, path: str) -> bool:
    return not path.endswith("/") and publication.get(path + "/") is not None


def _slashed() -> str:
    """The folder that is asked for, with the slash at its end, relative to what was asked.

    So it holds below a prefix that only a proxy knows of, too, and never names a host or a scheme.
    """
    return "./" + url_path(_asked().rpartition("/")[2] + "/")


def _asked() -> str:
    """The request's whole path; Werkzeug's own hides whether it was `/prefix` or `/prefix/`."""
    whole = request.root_path.rstrip("/") + request.path.rstrip("/")
    return whole + "/" if request.environ["PATH_INFO"].endswith("/") else whole or "/"


def _plain(error: HTTPException) -> BaseResponse:
    """What the routing refuses, such as a method: Werkzeug's page, never to be guessed or kept."""
    response = error.get_response()
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "no-store"
    if "Allow" in response.headers:  # from a set: in another order in each process
        response.headers["Allow"] = ALLOWED
    return response
