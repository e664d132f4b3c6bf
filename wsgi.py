"""WSGI entry point for granian, gunicorn, uWSGI, mod_wsgi: `wsgi:application`.

Serves the site in the folder that the environment's `FEEDSVC_SITE` names, else `posts/` beside
this file.
"""

from __future__ import annotations

import os
from pathlib import Path

from feedsvc.web.front import create_application

application = create_application(os.environ.get("FEEDSVC_SITE") or Path(__file__).parent / "posts")
