"""What subscribers were told, kept: the ledger held against the index, before anything is shown.

The index learns from the ledger which id and which dates a post is told under; the ledger learns
from the index what is new. `recall` does the first whenever files were read; `settle` does both,
and only where something changed.
"""

from __future__ import annotations

import time
from base64 import urlsafe_b64encode
from typing import TYPE_CHECKING, NamedTuple

from feedsvc.index.identity import digest, making_digest
from feedsvc.inquiry import Inquiry
from feedsvc.instants import to_microseconds
from feedsvc.memory import Memory
from feedsvc.model import Finding, Severity
from feedsvc.settings import is_local
from feedsvc.slugs import slugify

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime

    from feedsvc.feeds.values import FeedKey
    from feedsvc.index.answers import Answers
    from feedsvc.inquiry import Tools
    from feedsvc.ledger import Ledger, Made, Reconciled
    from feedsvc.memory import Known
    from feedsvc.settings import Settings


_REST = 50.0  # times what a vain attempt to write took: 2 % of the time
_LONGEST_REST = 60.0


class Before(NamedTuple):
    """What was known, and the token of the posts' state, when posts were last rendered."""

    known: Known
    state: bytes


class Bookkeeper:
    """Keeps ledger and index of one site in step."""

    def __init__(self, settings: Settings, tools: Tools) -> None:
        self.settings = settings
        self.findings: tuple[Finding, ...] = ()
        self._path = settings.folder / settings.ledger.path
        self._tools = tools
        self._inquiry = Inquiry(settings, tools)
        self._memory = Memory(self._path, tools.standing, tools.unwritten)
        self._warned = False
        self._next_try = 0.0  # to write what could not be written
        self._making = making_digest(settings)
        self._made: Made | None = None  # told by this process

    def paths(self) -> Iterable[str]:
        """Return where the posts lie that subscribers know. Raises LedgerError."""
        return self._memory.read().ledger.paths()

    def recall(self, now: datetime) -> None:
        """Give posts that were just read the ids and dates that subscribers know.

        For use inside `Database.writing()`. Raises LedgerError.
        """
        known = self._memory.read()
        at = to_microseconds(now)
        standing = self._tools.standing
        if not known.ledger and not standing.ids_meet():
            return  # every post has the id and the dates of its own
        from feedsvc.ledger import reconcile

        whole = standing.fact("ledger") != known.identity
        question = self._inquiry.question(known.ledger, at, whole=whole, filed=False)
        hearing, gone, kept, latest = question
        outcome = reconcile(known.ledger, hearing, now, gone=gone, kept=kept, latest=latest)
        self.findings = outcome.findings
        standing.assign(hearing.answers, self._tools.filing, settled=False)

    @property
    def told(self) -> Memory:
        """What subscribers were told of addresses."""
        return self._memory

    def review(self, now: datetime) -> tuple[Finding, ...]:
        """Return what is doubtful about all posts at `now`, not only those that changed.

        Nothing is taken over and nothing written. Raises LedgerError.
        """
        known = self._memory.read()
        standing = self._tools.standing
        if not known.ledger and not standing.ids_meet():
            return ()
        from feedsvc.ledger import reconcile

        at = to_microseconds(now)
        question = self._inquiry.question(known.ledger, at, whole=True)
        found = reconcile(known.ledger, question.hearing, now).findings
        return (*found, *self._of_this_machine(known.ledger))

    def _of_this_machine(self, ledger: Ledger) -> Iterator[Finding]:
        """Tell of ids that were minted before the site had an address."""
        if is_local(self.settings.site.url):
            return
        found = sorted(one for one in ledger.ids() if is_local(_authority(one)))
        if found:
            posts = "One post has an id" if not found[1:] else f"{len(found)} posts have ids"
            yield Finding(
                "id-local",
                f"{posts} made when the site had no address yet, {found[0]} for one.",
                self.settings.ledger.path,
                severity=Severity.NOTE,
                hint="If nobody has subscribed yet, delete the ledger; otherwise leave it.",
            )

    def settle(
        self,
        now: datetime,
        *,
        frozen: bool = False,
        serving: bool = False,
        rehearsing: bool = False,
    ) -> bool:
        """Bring ledger and index in step at `now`; returns whether there was anything to do.

        Nothing is written to the ledger while `rehearsing`; `serving` is as in `ledger.settle`.
        Raises LedgerError, under `frozen` also where it would have to be written.
        """
        found = self._settle(now, frozen=frozen, serving=serving, rehearsing=rehearsing)
        if found and not rehearsing and self._memory.is_behind():  # of what others wrote meanwhile
            self._settle(now, frozen=frozen, serving=serving, rehearsing=rehearsing)
        return found

    def _settle(self, now: datetime, *, frozen: bool, serving: bool, rehearsing: bool) -> bool:
        standing = self._tools.standing
        at = to_microseconds(now)
        since = self._inquiry.since(at)
        whole = self._memory.is_behind()
        anew = not rehearsing and self._made is None and standing.fact("made") != self._making
        rests = rehearsing or (serving and time.monotonic() < self._next_try)
        due = whole or anew or standing.pending(since, at)
        if not due and (rests or not self._memory.lacks_anything()):
            return False
        state = standing.state()
        self._inquiry.learn(self._memory.read().ledger, now, whole=whole)
        known = self._memory.read()
        feeds = self._tools.posts.feeds(at)
        made = None if rehearsing else self._newly_made(feeds)
        hearing, gone, kept, latest = self._inquiry.question(known.ledger, at, whole=whole)
        from feedsvc.ledger import Step

        archived = list(self._inquiry.archived(known.ledger, feeds, at))
        as_known = None if whole else (known.file, latest)
        step = Step(hearing, gone, kept, feeds, archived, now, made, known.unsaved, as_known)
        take = step.take
        if whole and not known.ledger and known.unsaved is None and standing.is_plain():
            take = self._inquiry.beginning(step, hearing, now).take
        if rehearsing:
            outcome = take(known.file)
        else:
            from feedsvc.ledger import settle

            started = time.monotonic()
            outcome = settle(
                self._path,
                take,
                held=known.file,
                as_of=known.identity,
                frozen=frozen,
                serving=serving,
            )
            if serving and not outcome.saved:
                rest = _REST * (time.monotonic() - started)
                self._next_try = started + min(rest, _LONGEST_REST)
            if made is not None and outcome.ledger.made.digest == made.digest:
                self._made = made
        self.findings = outcome.findings
        self._warn()
        before = None if rehearsing else Before(known, state)
        self._take_over(hearing.answers, outcome, gone, at, before)
        return True

    def _warn(self) -> None:
        """Tell, once until it can be, that the ledger cannot be written."""
        unsaved = [one for one in self.findings if one.code == "ledger-unsaved"]
        if unsaved and not self._warned:
            from logging import getLogger

            getLogger("feedsvc").warning("%s", unsaved[0])
        self._warned = bool(unsaved)

    def _take_over(
        self,
        answers: Answers,
        outcome: Reconciled,
        gone: Sequence[str] | None,
        at: int,
        before: Before | None,
    ) -> None:
        """Have the index know the outcome; `before` is None where subscribers are not told it."""
        settled = before is not None
        standing, filing = self._tools.standing, self._tools.filing
        with filing.database.writing():
            unread = []
            if before and standing.state() != before.state:  # others may have read posts
                unread = self._inquiry.unread(outcome.ledger, at, whole=gone is None)
            standing.assign(answers, filing, settled=settled)
            standing.reopen(one.number for one in unread)
            self._tools.mirror.renew(outcome.ledger)
            self._tools.changes.note(answers.changed, outcome.ledger.made.since, whole=gone is None)
            if before is not None:
                standing.set_fact("made", self._making)
                standing.forget_vanished(standing.vanished() if gone is None else gone)
                self._memory.take_over(outcome, before.known, whole=gone is None)
                # (where a clock was set back, what is due until it is right is looked at again)
                standing.set_fact("settled", b"%d" % at)
            filing.seal()

    def _newly_made(self, feeds: Iterable[FeedKey]) -> Made | None:
        """Return how documents are made now, None where this process has told so already.

        Telling it once only, two that differ do not undo each other's word for ever.
        """
        from feedsvc.ledger import Made

        # Pages link to each other by slugs, the odd among which are not told by names.
        odd = [key for key in feeds if key.name and slugify(key.name) != key.slug]
        mark = digest(self._making, repr(odd).encode())
        local = is_local(self.settings.site.url)
        made = Made(urlsafe_b64encode(mark[:9]).decode(), "" if local else self.settings.site.url)
        return None if made == self._made else made


def _authority(identity: str) -> str:
    """Return the URL that an id is, or that of the host that a tag: URI is minted by."""
    kind, _, rest = identity.partition(":")
    return f"http://{rest.partition(',')[0]}" if kind == "tag" else identity
