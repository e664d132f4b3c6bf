"""The command line: what can be asked, and how an answer ends.

Exit codes: 0 fine, 1 findings or a failure, 2 wrong usage or configuration. Whatever a user can
cause is told in one line. Nothing heavy is imported before a command needs it: `--help` answers
as fast as Python starts.
"""

from __future__ import annotations

import atexit
import errno
import gc
import os
import sys
from importlib import import_module
from typing import TYPE_CHECKING

from feedsvc.arguments import parse
from feedsvc.commands.terminal import notice, prepare_streams
from feedsvc.errors import FeedsvcError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

# A command makes few circles and does not live long; looking for them took 6 % of a build.
_COLLECT_AFTER = 50_000  # new objects; Python's own default is 700
INTERRUPTED = 130  # 128 + SIGINT
_ADVICE = {
    **dict.fromkeys(
        (errno.EACCES, errno.EPERM, errno.EROFS),
        "; get permission for that, or choose another place",
    ),
    **dict.fromkeys((errno.ENOSPC, errno.EDQUOT), "; make room"),
}
_PIPE_CLOSED = 141  # 128 + SIGPIPE: what every other tool before `| head` ends with


def main(argv: Sequence[str] | None = None, *, clock: Callable[[], datetime] | None = None) -> int:
    """Do what the arguments (default: the process's) say and return the exit code.

    `clock` returns the present instant (aware). Raises SystemExit for `--help`, `--version`
    and wrong usage, as argparse does.
    """
    if argv is None:
        _go_on_in_utf8()
        atexit.register(gc.freeze)  # or Python looks for circles in all there is before it ends
    gc.set_threshold(_COLLECT_AFTER)
    prepare_streams()
    args = parse(argv)
    try:
        command = import_module(f"feedsvc.commands.{args.command}")
        code: int = command.run(args, clock or _present)
        sys.stdout.flush()
    except FeedsvcError as error:
        notice(f"feedsvc: {error}")
        return error.exit_code
    except BrokenPipeError:
        # Nobody reads any more; Python must not try to flush into the void when it ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return _PIPE_CLOSED
    except OSError as error:
        notice(f"feedsvc: {_told(error)}")
        return 1
    except KeyboardInterrupt:
        notice("feedsvc: interrupted")
        return INTERRUPTED
    return code


def _go_on_in_utf8() -> None:
    """Start again where names of files would not be in UTF-8, which is what exports are in.

    Python takes UTF-8 by itself in the locale "C" (PEP 540), on macOS and on Windows, but not in
    locales such as `de_DE.ISO-8859-1`.
    """
    if sys.getfilesystemencoding() != "utf-8":
        os.execv(sys.executable, [sys.executable, "-X", "utf8", *sys.orig_argv[1:]])  # noqa: S606


def _present() -> datetime:
    from feedsvc.clock import present

    return present()


def _told(error: OSError) -> str:
    what = error.strerror or str(error)
    if not error.filename:
        return what
    place = os.fsdecode(error.filename)
    folder, name = os.path.split(place)
    if name.startswith(".feedsvc-") and name.endswith(".tmp"):
        place = folder  # the name of a file of ours says nothing to anybody
    return f"{place}: {what}{_ADVICE.get(error.errno or 0, '')}"
