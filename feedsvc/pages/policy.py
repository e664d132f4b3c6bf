"""What a page may load: its Content-Security-Policy (CSP Level 3) and the style it allows.

The only style is the inlined one, named by its hash, so neither the header nor the page needs
`unsafe-inline`; scripts are forbidden altogether. Pictures, sound and film come from wherever
the author put them, frames only from the hosts whose players the content keeps.
"""

from __future__ import annotations

from base64 import b64encode
from functools import cache
from hashlib import sha256
from importlib.resources import files


@cache
def style() -> str:
    """The style sheet that every page carries."""
    return files(__package__).joinpath("style.css").read_text(encoding="utf-8").strip()


@cache
def meta_policy() -> str:
    """The policy as a page says it of itself, for hosts that send no header of ours."""
    # Imported late: the policy is wanted once, content brings an HTML parser.
    from feedsvc.content.repairs import PLAYERS

    digest = b64encode(sha256(style().encode()).digest()).decode()
    return (
        f"default-src 'none'; style-src 'sha256-{digest}'; img-src http: https: data:; "
        f"media-src http: https:; frame-src {' '.join(sorted(PLAYERS))}; "
        "base-uri 'none'; form-action 'none'"
    )


@cache
def policy() -> str:
    """The value of the `Content-Security-Policy` header; no other site may frame a page."""
    return f"{meta_policy()}; frame-ancestors 'none'"
