"""The error tree: every error a user can cause, each told in one line."""

from __future__ import annotations


class FeedsvcError(Exception):
    """Base of all errors that feedsvc raises on purpose.

    `str(error)` is one line that names the place (file and line where there is one),
    what is wrong and what to do. The command line prints it and exits with `exit_code`.
    """

    exit_code = 1


class UsageError(FeedsvcError):
    """A command was asked for what does not exist; argparse tells the rest of wrong usage."""

    exit_code = 2


class ConfigError(FeedsvcError):
    """The configuration cannot be used: file, line, what is wrong, what to do."""

    exit_code = 2


class SiteNotFoundError(FeedsvcError):
    """The folder of the site or its posts does not exist or cannot be listed."""

    exit_code = 2


class PostError(FeedsvcError):
    """A post cannot be read; raised only under `--strict`, else it is a finding."""


class ExportError(FeedsvcError):
    """The export cannot be written (permission, full disk, a file that is not ours)."""


class LedgerError(FeedsvcError):
    """The ledger is damaged or would have to be written under `--frozen`."""


class FeedError(FeedsvcError):
    """A feed that subscribers have cannot be fetched, read or recognised as one."""


class HubError(FeedsvcError):
    """A WebSub hub cannot be told of changes."""


class HubRefusal(HubError):  # noqa: N818 - an answer, of one feed only
    """A WebSub hub answers that it does not take the news of a feed."""


class InterpreterError(FeedsvcError):
    """A library does not work in this interpreter: one of several in a process."""


class StaleError(FeedsvcError):
    """A document was asked for that belongs to a state of the posts that is no more."""


class UnreadableError(StaleError):
    """A post's file cannot be read any more, though it seems to be as it was."""

    def __init__(self, path: str, why: str) -> None:
        super().__init__(path, why)  # by which it is handed from a worker, too
        self.path = path

    def __str__(self) -> str:
        return "{} cannot be read any more: {}".format(*self.args)
