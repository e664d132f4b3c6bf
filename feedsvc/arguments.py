"""The arguments of the command line: what each command takes, and what they say.

Nothing heavy is imported before an argument needs it: `--help` answers as fast as Python starts.
"""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from collections.abc import Sequence

_SITE = "folder of the site (default: the current one)"


class _Parser(argparse.ArgumentParser):
    """Tells wrong usage in one line."""

    def error(self, message: str) -> NoReturn:
        """Tell what is wrong and where to read on; exit with 2."""
        self.exit(2, f"feedsvc: {message}; see '{self.prog} --help'\n")


class _Version(argparse.Action):
    """Asks for the version only when somebody wants to know: it takes longer than the rest."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> NoReturn:
        """Print the version of the installed distribution and end."""
        from importlib.metadata import version

        sys.stdout.write(f"feedsvc {version('feedsvc')}\n")
        parser.exit()


def parse(argv: Sequence[str] | None) -> argparse.Namespace:
    """Return what the arguments say; `site` is always a folder."""
    parser = build_parser()
    args, rest = parser.parse_known_args(argv)
    if "feeds" in args and not any(word.startswith("-") for word in rest):
        args.feeds += rest  # argparse takes a list only up to the next option
        rest = []
    # argparse gives an optional SITE away before it has seen one that follows an option.
    if len(rest) == 1 and not rest[0].startswith("-") and args.site is None:
        args.site = rest.pop()
    if rest:
        parser.prog += f" {args.command}"  # whose help tells what there is
        parser.error(f"what is {' '.join(rest)}? It is no option or argument here")
    if args.site and args.site_option and args.site != args.site_option:
        parser.error(f"which site: {args.site} or {args.site_option}?")
    args.site = args.site or args.site_option or "."
    return args


def build_parser() -> argparse.ArgumentParser:
    """Return the parser of all commands."""
    parser = _Parser(
        prog="feedsvc",
        description="Turn a folder of posts into Atom, RSS and JSON feeds.",
        epilog="SITE is the folder of the posts or of the site around them; default: this one.",
        allow_abbrev=False,
    )
    parser.add_argument(
        "--version", action=_Version, nargs=0, help="print the version of feedsvc and end"
    )
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)

    def command(name: str, text: str) -> argparse.ArgumentParser:
        return commands.add_parser(
            name, help=text, description=f"{text[0].upper()}{text[1:]}.", allow_abbrev=False
        )

    _serve(command("serve", "publish a site on a local address or a server"))
    _export(command("export", "write a site's documents as files for a static host"))
    _check(command("check", "tell what is wrong or doubtful in posts and configuration"))
    _feeds(command("feeds", "list the feeds of a site"))
    _posts(command("posts", "list the posts of a site, whatever their state"))
    _site(command("init", "write a feedsvc.toml with what was found and what can be set"))
    _adopt(command("adopt", "take over the ids and dates that subscribers already have"))
    _diff(command("diff", "tell what subscribers would see of the present state"))
    _ping(command("ping", "tell a WebSub hub which feeds changed"))
    new = command("new", "start a post")
    new.add_argument("title", metavar="TITLE", help="title of the post")
    _site(new)
    return parser


def _site(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("site", metavar="SITE", nargs="?", help=_SITE)
    parser.add_argument("--site", metavar="SITE", dest="site_option", help="the same")


def _json(parser: argparse.ArgumentParser, what: str) -> None:
    parser.add_argument("--json", action="store_true", help=f"as a JSON list of {what}")


def _serve(parser: argparse.ArgumentParser) -> None:
    _site(parser)
    add = parser.add_argument
    add("--host", default="127.0.0.1", help="address to listen on (default: %(default)s)")
    add("--port", type=_port, default=8000, help="port to listen on (default: %(default)s)")
    add("--workers", type=_count, default=1, help="processes that answer (default: %(default)s)")
    add("--reload", action="store_true", help="start again when configuration or code change")


def _export(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("target", metavar="TARGET", type=_folder, help="folder to write to")
    _site(parser)
    text = "stop if a post cannot be read or a document cannot be written"
    parser.add_argument("--strict", action="store_true", help=text)
    text = "stop if the ledger would have to be written; for builds from what is committed"
    parser.add_argument("--frozen", action="store_true", help=text)


def _check(parser: argparse.ArgumentParser) -> None:
    _site(parser)
    add = parser.add_argument
    forms = parser.add_mutually_exclusive_group()
    forms.add_argument(
        "--format",
        choices=("text", "json", "github"),
        default="text",
        help="text for people, json for programs, github for annotations (default: %(default)s)",
    )
    forms.add_argument(
        "--json",
        action="store_const",
        dest="format",
        const="json",
        help="as a JSON list of objects",
    )
    patterns = "codes or their beginnings, separated by commas; * stands for anything"
    add("--select", metavar="CODES", action="append", help=f"tell only these {patterns}")
    add("--ignore", metavar="CODES", action="append", help=f"do not tell these {patterns}")
    add("--strict", action="store_true", help="exit with 1 on warnings too")
    add("--verbose", action="store_true", help="show notes, and more than ten of a kind")


def _feeds(parser: argparse.ArgumentParser) -> None:
    _site(parser)
    forms = parser.add_mutually_exclusive_group()
    _json(forms, "objects")  # type: ignore[arg-type]
    forms.add_argument("--html", action="store_true", help="as <link> tags for a page's head")


def _posts(parser: argparse.ArgumentParser) -> None:
    _site(parser)
    _json(parser, "objects")


def _adopt(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add("feeds", metavar="URL|FILE", nargs="+", help="a live or saved feed; the first one wins")
    add("--site", metavar="SITE", dest="site_option", help=_SITE)
    parser.set_defaults(site=None)
    asked = parser.add_mutually_exclusive_group()
    asked.add_argument("--yes", action="store_true", help="write without asking")
    asked.add_argument("--dry-run", action="store_true", help="only tell what would be written")


def _diff(parser: argparse.ArgumentParser) -> None:
    text = "what is deployed: an exported folder, the URL of the site, or a git revision"
    parser.add_argument("target", metavar="TARGET|URL|GIT-REV", help=text)
    _site(parser)
    parser.add_argument("--json", action="store_true", help="as a JSON object")
    kinds = "new, updated, silent, duplicate, removed, missing, left, gone"
    parser.add_argument(
        "--fail-on",
        metavar="KINDS",
        action="append",
        type=_kinds,
        help=f"exit with 1 if there is one of these, separated by commas: {kinds}",
    )


def _ping(parser: argparse.ArgumentParser) -> None:
    _site(parser)
    text = "address of the hub (default: that of [feeds] hub)"
    parser.add_argument("--hub", metavar="URL", type=_endpoint, help=text)
    text = "only tell which feeds changed; the hub hears nothing"
    parser.add_argument("--dry-run", action="store_true", help=text)


def _endpoint(text: str) -> str:
    from feedsvc.config.kinds import ENDPOINT, KindError

    try:
        return str(ENDPOINT.check(text))
    except KindError as error:
        raise argparse.ArgumentTypeError(f"{text!r} {error}") from None


def _kinds(text: str) -> list[str]:
    from feedsvc.comparison.values import Kind

    known = [str(kind) for kind in Kind]
    kinds = [kind.strip() for kind in text.split(",") if kind.strip()]
    for kind in kinds:
        if kind not in known:
            raise argparse.ArgumentTypeError(f"{kind!r} is none of {', '.join(known)}")
    return kinds


def _folder(text: str) -> str:
    if not text:  # as of a variable that is not set
        raise argparse.ArgumentTypeError("names no folder")
    return text


def _port(text: str) -> int:
    number = int(text) if text.isdecimal() else -1
    if not 0 <= number <= 65535:
        raise argparse.ArgumentTypeError(f"{text!r} is no port (0 to 65535)")
    return number


def _count(text: str) -> int:
    number = int(text) if text.isdecimal() else 0
    if number < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is no number from 1")
    return number
