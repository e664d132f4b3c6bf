"""Edit histories that hypothesis makes up, against a subscriber who knows entries by their id.

The subscriber polls after every run and compares what he is told with what the author did.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, rule

from feedsvc.ledger import Ledger, Observation, fingerprint, meaning
from feedsvc.ledger.text import parse

from .runs import dump, reconciled

START = datetime(2026, 1, 1, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class File:
    """A post as its author has it; `soul` is what makes it the same post for him."""

    soul: int
    path: str
    title: str
    clauses: tuple[str, ...]
    date: datetime
    blanks: str = "\n\n"
    style: str = "p"
    state: str = "published"
    minor: bool = False

    @property
    def html(self) -> str:
        return f"<{self.style}>" + self.blanks.join(self.clauses) + f"</{self.style}>"


@dataclass
class Subscriber:
    """What a reader shows: one item an id."""

    items: dict[str, tuple[int, datetime]]
    alerts: list[tuple[str, int]]  # ("new" or "updated", soul)

    def poll(self, feed: dict[int, tuple[str, datetime]]) -> None:
        for soul, (identity, updated) in feed.items():
            known = self.items.get(identity)
            if known is None:
                self.alerts.append(("new", soul))
            elif known[0] != soul:
                self.alerts.append(("confused", soul))
            elif known[1] != updated:
                self.alerts.append(("updated", soul))
            self.items[identity] = (soul, updated)


class History(RuleBasedStateMachine):
    """A year of a blog. Each rule is what an author does between two runs."""

    posts = Bundle("posts")

    def __init__(self) -> None:
        super().__init__()
        self.now = START
        self.files: dict[int, File] = {}
        self.trash: dict[int, File] = {}
        self.souls = 0
        self.zone = timedelta(0)
        self.domain = "https://example.org"
        self.data = dump(Ledger())
        self.reader = Subscriber({}, [])
        self.expected: list[tuple[str, int]] = []
        self.told: set[int] = set()
        self.owed: set[int] = set()  # edited while nobody could see it
        self.visible_change = False

    # What the publisher does

    def observe(self, file: File) -> Observation:
        print_ = fingerprint(file.blanks.join(file.clauses), file.title)
        link = f'<a href="{self.domain}/about/">about</a>'
        return Observation(
            path=file.path,
            minted=f"{self.domain}/{file.path}",
            title=file.title,
            published=file.date + self.zone,
            dated=file.date.isoformat(),
            source=print_.source,
            sketch=print_.sketch,
            visible=file.state == "published",
            readable=file.state != "broken",
            minor=file.minor,
            meaning=meaning(file.title, (file.html + link).encode(), self.domain),
            link=f"/{file.path}/",
        )

    def run(self) -> None:
        self.now += 3 * HOUR
        observations = [self.observe(file) for file in self.files.values()]
        outcome = reconciled(parse(self.data, "x"), observations, self.now)
        data = dump(outcome.ledger)
        searched = reconciled(parse(self.data, "x", sound=True), observations, self.now)
        assert dump(searched.ledger) == data
        if not self.visible_change:
            assert data == self.data, "the ledger changed though nothing visible did"
        self.data, self.visible_change = data, False
        feed = {}
        for soul, file in self.files.items():
            if file.state == "published":
                told = outcome.assignments[file.path]
                assert told.updated >= told.published
                assert told.seen is not None
                feed[soul] = (told.id, told.updated)
        self.reader.poll(feed)

    def expect(self, soul: int, *, edited: bool = False) -> None:
        """Note what the subscriber must be told of a post after the next run."""
        self.visible_change = True
        file = self.files[soul]
        if edited:
            self.owed.add(soul)
        if file.minor or soul not in self.told:
            self.owed.discard(soul)
        if file.state != "published":
            return
        if soul not in self.told:
            self.told.add(soul)
            self.expected.append(("new", soul))
        elif soul in self.owed:
            self.expected.append(("updated", soul))
        self.owed.discard(soul)

    @invariant()
    def the_subscriber_was_told_exactly_what_happened(self) -> None:
        assert sorted(self.reader.alerts) == sorted(self.expected)
        self.reader.alerts.clear()
        self.expected.clear()

    # What the author does

    def is_published(self, soul: int) -> bool:
        return soul in self.files and self.files[soul].state == "published"

    def new_path(self) -> str:
        self.souls += 1
        return f"{self.souls}.md"

    def change(self, soul: int, *, edited: bool = False, **fields: object) -> None:
        if soul in self.files:
            self.files[soul] = replace(self.files[soul], **fields)  # type: ignore[arg-type]
            self.expect(soul, edited=edited)
        self.run()

    @rule(target=posts, days=st.integers(0, 400), draft=st.booleans())
    def write(self, days: int, draft: bool) -> int:
        path = self.new_path()
        soul = self.souls
        clauses = tuple(f"Clause {number} of post {soul}." for number in range(14))
        date = START - timedelta(days=days, minutes=soul)
        state = "draft" if draft else "published"
        self.files[soul] = File(soul, path, f"Title {soul}", clauses, date, state=state)
        self.expect(soul)
        # What was never visible leaves no trace.
        self.visible_change = self.visible_change and not draft
        self.run()
        return soul

    @rule(soul=posts, clause=st.integers(0, 13), minor=st.booleans())
    def edit(self, soul: int, clause: int, minor: bool) -> None:
        if soul in self.files:
            self.souls += 1
            clauses = list(self.files[soul].clauses)
            clauses[clause] = f"Rewritten, for the {self.souls}th time."
            self.change(soul, edited=True, clauses=tuple(clauses), minor=minor)

    @rule(soul=posts)
    def rewrite(self, soul: int) -> None:
        # Only while it is visible: rewritten and moved in hiding, it is another post.
        if self.is_published(soul):
            self.souls += 1
            clauses = tuple(f"Sentence {number} anew {self.souls}." for number in range(14))
            self.change(soul, edited=True, clauses=clauses, minor=False)

    @rule(soul=posts)
    def retitle(self, soul: int) -> None:
        if self.is_published(soul):
            self.souls += 1
            self.change(soul, edited=True, title=f"Better title {self.souls}", minor=False)

    @rule(soul=posts, blanks=st.sampled_from(["\n\n", " ", "\r\n", "\t\n "]))
    def reformat(self, soul: int, blanks: str) -> None:
        if soul in self.files:
            self.files[soul] = replace(self.files[soul], blanks=blanks)
        self.run()

    @rule(soul=posts, style=st.sampled_from(["p", "div", "blockquote", "pre"]))
    def restyle(self, soul: int, style: str) -> None:
        if soul in self.files:
            self.files[soul] = replace(self.files[soul], style=style)
        self.run()

    @rule(soul=posts)
    def rename(self, soul: int) -> None:
        self.change(soul, path=self.new_path())

    @rule(soul=posts, clause=st.integers(0, 13))
    def rename_and_edit(self, soul: int, clause: int) -> None:
        if soul in self.files:
            path = self.new_path()
            clauses = list(self.files[soul].clauses)
            clauses[clause] = f"Mended, {path}."
            self.change(soul, edited=True, path=path, clauses=tuple(clauses), minor=False)

    @rule()
    def move_folder(self) -> None:
        self.souls += 1
        for soul, file in list(self.files.items()):
            name = file.path.rpartition("/")[2]
            self.files[soul] = replace(file, path=f"{self.souls}/{name}")
        self.visible_change = True
        self.run()

    @rule(one=posts, other=posts)
    def swap(self, one: int, other: int) -> None:
        if one in self.files and other in self.files:
            a, b = self.files[one], self.files[other]
            self.files[one], self.files[other] = (
                replace(a, path=b.path),
                replace(b, path=a.path),
            )
            self.visible_change = True
        self.run()

    @rule(soul=posts)
    def delete(self, soul: int) -> None:
        if soul in self.files:
            self.trash[soul] = self.files.pop(soul)
            self.visible_change = True
        self.run()

    @rule(soul=posts)
    def restore(self, soul: int) -> None:
        if soul in self.trash:
            self.files[soul] = self.trash.pop(soul)
            self.expect(soul)
        self.run()

    @rule(target=posts, soul=posts)
    def duplicate(self, soul: int) -> int:
        if soul not in self.files or self.files[soul].state == "broken":
            return soul
        path = self.new_path()
        copy = self.souls
        # An author who copies a post as a template writes another one over it.
        clauses = tuple(f"Another clause {number} of {copy}." for number in range(14))
        self.files[copy] = replace(
            self.files[soul], soul=copy, path=path, title=f"Title {copy}", clauses=clauses
        )
        self.expect(copy)
        self.run()
        return copy

    @rule(soul=posts, days=st.integers(-300, -2))
    def backdate(self, soul: int, days: int) -> None:
        if self.is_published(soul):
            date = self.files[soul].date + timedelta(days=days)
            self.change(soul, date=date)

    @rule(hours=st.integers(-12, 12))
    def change_zone(self, hours: int) -> None:
        self.zone = hours * HOUR
        # A draft has nothing pinned yet, so it alone may be recorded otherwise later.
        self.run()

    @rule(domain=st.sampled_from(["https://example.org", "https://new.example/base"]))
    def change_domain(self, domain: str) -> None:
        if domain != self.domain:
            self.domain = domain
            self.visible_change = True
        self.run()

    @rule(soul=posts)
    def withdraw(self, soul: int) -> None:
        if self.is_published(soul):
            self.change(soul, state="draft")

    @rule(soul=posts)
    def publish(self, soul: int) -> None:
        if soul in self.files and self.files[soul].state == "draft":
            self.change(soul, state="published")

    @rule(soul=posts)
    def break_front_matter(self, soul: int) -> None:
        if self.is_published(soul):
            self.files[soul] = replace(self.files[soul], state="broken")
        self.run()

    @rule(soul=posts)
    def repair(self, soul: int) -> None:
        if soul in self.files and self.files[soul].state == "broken":
            self.change(soul, state="published")

    @rule(days=st.integers(1, 60))
    def wait(self, days: int) -> None:
        self.now += timedelta(days=days)
        self.run()


TestHistory = History.TestCase
TestHistory.settings = settings(
    max_examples=60,
    stateful_step_count=30,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
