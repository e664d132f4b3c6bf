"""The doors to a site: the app, the front before it, each at the root and below a prefix."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from flask import Flask
from werkzeug.middleware.dispatcher import DispatcherMiddleware
from werkzeug.test import Client

from feedsvc.web.app import create_app, create_blueprint
from feedsvc.web.front import create_application

from .fakes import FakeSite, clock

if TYPE_CHECKING:
    from collections.abc import Callable
    from wsgiref.types import WSGIApplication

Door = tuple[Client, str]


def _below(app: WSGIApplication) -> WSGIApplication:
    def nothing(environ: object, start: Callable[..., object]) -> list[bytes]:
        raise AssertionError("asked outside the prefix")

    return DispatcherMiddleware(nothing, {"/blog": app})


def _blueprint(site: FakeSite) -> WSGIApplication:
    app = Flask("somebody", static_folder=None)
    app.register_blueprint(create_blueprint(site, clock=clock), url_prefix="/blog")
    return app


DOORS: dict[str, tuple[Callable[[FakeSite], WSGIApplication], str]] = {
    "app": (lambda site: create_app(site, clock=clock), ""),
    "front": (lambda site: create_application(site, clock=clock), ""),
    "app below a prefix": (lambda site: _below(create_app(site, clock=clock)), "/blog"),
    "front below a prefix": (lambda site: _below(create_application(site, clock=clock)), "/blog"),
    "blueprint": (_blueprint, "/blog"),
}


@pytest.fixture(params=list(DOORS))
def door(request: pytest.FixtureRequest) -> Door:
    """A client and the path that the site is mounted at."""
    build, prefix = DOORS[request.param]
    return Client(build(FakeSite())), prefix
