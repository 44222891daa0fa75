"""Searching as one types: threads and processes compute, one search at a time, always the last query."""

import asyncio
from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Protocol

from textual import work
from textual.widget import Widget

from studyllm.errors import StudyError
from studyllm.glossary import Finding, Found, SearchEnded, Shown, SortOrder, finder_for
from studyllm.tui.screen import Reporting

if TYPE_CHECKING:
    from studyllm.store.entries import EntryRow
    from studyllm.store.vectors import Vectors

_STEP, _REST = 4, 0.05
"""Vectors computed at once, which is as long as a search or a verdict may have to wait (a tenth of a second), and
seconds between two such steps."""
_WAIT = 0.5
"""Seconds between two looks whether the model has loaded."""
_ENDS = 3
"""So often a search that ended is started again."""


class Results(Protocol):
    """What shows what is found."""

    def typed(self) -> str:
        """The query."""

    def reading(self) -> None:
        """The cards are read for the first time: nothing can be found yet."""

    async def show(self, found: Found) -> None:
        """Something else was found."""

    def more(self, found: Found) -> None:
        """To what was found came what is near in meaning."""

    def say(self) -> None:
        """How it stands has changed."""


class Search(Reporting, Widget):
    """Finds what is typed and gives it to some results. It is not seen itself."""

    DEFAULT_CSS = "Search { display: none; }"

    def __init__(self, results: Results) -> None:
        super().__init__()
        self._results = results
        self.finder: Finding | None = None
        self.shown: Shown | None = None
        """What was found last."""
        self.order = SortOrder.MATCH
        self.day = self.today_began()
        """The study day of what is shown, and when it began; asking for it costs too much to do it for every row."""
        self.learning = False
        """Whether vectors are being computed."""
        self._wanted = False
        """Whether the query changed since the last search began."""
        self._searching = False
        self._relating = False
        self._anew = False
        """Whether more meanings are known than when what is near was found."""
        self._loading = False
        """Whether the entries are being fetched."""
        self._ends = 0
        """How often the search ended of itself."""
        self._failed = False
        """Whether it was said that the store cannot be read."""

    @work(exclusive=True, group="load", exit_on_error=False)
    async def load(self) -> None:
        """All entries again, first as text, then with their sound and meaning."""
        before, self._loading = self.study.finder, True
        try:
            finder = await asyncio.to_thread(
                finder_for, self.study.store, self._kept(), self.study.settings.log, before
            )
            self.finder = self.study.finder = finder
            if finder is before and not self._ends:
                self.look()  # in what was read before
            await asyncio.to_thread(finder.load, *self.today_began())
        except StudyError as error:
            self._loading = False
            self.failed(error)
            return
        self._loading = False
        for step in (finder.read, finder.listen, finder.recall):
            self.look()
            await asyncio.to_thread(step)
        self.look()
        self.learn()

    def ended(self, error: SearchEnded) -> None:
        """Starts another search, unless that is under way or does not help."""
        if self._loading:
            return
        self._ends += 1
        if self._ends > _ENDS:
            self.study.report(error)
        else:
            self.load()

    def failed(self, error: StudyError) -> None:
        """Something could not be read: said once, until a search succeeds, however often it is tried again."""
        if not self._failed:
            self._failed = True
            self.study.report(error)

    def look(self) -> None:
        """Searches for what is typed now."""
        self._wanted = True
        if not self._searching and self.finder is not None:
            self._searching = True
            self.search()

    @work(group="search", exit_on_error=False)
    async def search(self) -> None:
        """By text and sound, until nothing else is typed."""
        assert self.finder is not None
        try:
            while self._wanted:
                self._wanted = False
                found = await asyncio.to_thread(self.finder.find, self._results.typed(), self.order)
                if found is None:
                    self._results.reading()
                else:
                    self.day = self.today_began()
                    await self._results.show(found)
                    self._failed = False
        except SearchEnded as error:
            self.ended(error)
        except StudyError as error:
            self.failed(error)
        finally:
            self._searching = False
        self.look_near()

    def look_near(self, *, anew: bool = False) -> None:
        """Looks for what is near in meaning to what is typed; `anew` where something was found before."""
        self._anew = self._anew or anew
        if not self._relating and self.finder is not None:
            self._relating = True
            self.relate()

    @work(group="relate", exit_on_error=False)
    async def relate(self) -> None:
        """By meaning, what was found last; none while the model loads."""
        assert self.finder is not None
        done: Found | None = None
        try:
            while (shown := self.shown) is not None and (
                self._anew or (shown.found is not done and not shown.found.near)
            ):
                self._anew = False
                grader, found = self.study.grader, shown.found
                if not found.means_something or grader is None or grader.readiness().embedding != "ready":
                    return
                asked = await asyncio.to_thread(grader.embed, [found.query.phrase])
                if not asked:
                    return
                done = await asyncio.to_thread(self.finder.nearest, found, asked[0])
                if self.shown is shown:
                    self.shown = Shown(done, self.fetch)
                    self._results.more(done)
        except SearchEnded as error:
            self.ended(error)
        finally:
            self._relating = False

    @work(exclusive=True, group="learn", exit_on_error=False)
    async def learn(self) -> None:
        """Computes the vectors that are missing, a few at a time, while the screen is looked at."""
        from studyllm.embeddings import raw_vectors

        grader, finder = await self.study.when_ready(), self.finder
        self.learning = True
        try:
            while grader.readiness().embedding == "loading":
                await asyncio.sleep(_WAIT)
            self.look_near()  # what was typed before the model was there
            while finder is not None and finder.missing:
                if grader.readiness().embedding != "ready":
                    return
                if not self.screen.is_current:
                    await asyncio.sleep(1)
                    continue
                texts = await asyncio.to_thread(finder.unlearnt, _STEP)
                vectors = await asyncio.to_thread(raw_vectors, texts, self._kept(), grader)
                if not vectors:
                    return
                await asyncio.to_thread(finder.learn, vectors)
                self._results.say()
                if not finder.missing:
                    self.look_near(anew=True)
                await asyncio.sleep(_REST)
        except SearchEnded as error:
            self.ended(error)
        finally:
            self.learning = False
            if self.is_mounted:
                self._results.say()

    def fetch(self, cards: Sequence[int]) -> "list[EntryRow]":
        """Those cards, as they are now."""
        return self.study.store.entries.some(cards, *self.day)

    def today_began(self) -> tuple[date, datetime]:
        """The study day, and when it began."""
        day = self.study.settings.day
        today = day.of(self.study.clock())
        return today, day.start(today)

    def _kept(self) -> "Vectors":
        from studyllm.store.vectors import Vectors

        settings = self.study.settings
        return Vectors(settings.home / "vectors.db", settings.embedding_model)
