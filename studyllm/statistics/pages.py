"""The figures in their order: sections for `studyllm stats`, pages of them for the app."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from studyllm.i18n import N_, _
from studyllm.statistics import insight, page
from studyllm.statistics.figures import Statistics
from studyllm.statistics.lines import Line, ReportSection

_Make = Callable[[Statistics, int], Iterable[Line]]


@dataclass(frozen=True, slots=True)
class Page:
    """Sections that are looked at together: on a terminal of 80 x 24 they fill the screen."""

    name: str
    """In a word, to be translated."""
    makers: tuple[tuple[str, _Make], ...]
    """Title and lines of each section."""

    def sections(self, found: Statistics, width: int) -> tuple[ReportSection, ...]:
        """Those that have something to say, each at most so many columns wide (from 40)."""
        made = (ReportSection(_(title), tuple(make(found, width))) for title, make in self.makers)
        return tuple(section for section in made if section.lines)


PAGES = (
    Page(N_("Today"), ((N_("What you know today"), insight.knowledge), (N_("A year of reviews"), page.year))),
    Page(
        N_("Retention"),
        (
            (N_("True retention"), insight.retained),
            (N_("Retention by day"), insight.retained_by_day),
        ),
    ),
    Page(N_("Age"), ((N_("Retention by age"), page.ages), (N_("Retention by month"), page.months))),
    Page(
        N_("Memory"),
        (
            (N_("Stability (FSRS)"), insight.stabilities),
            (N_("Difficulty (FSRS)"), insight.difficulties),
            (N_("Interval in days"), insight.intervals),
            (N_("Ease (SM-2)"), insight.eases),
        ),
    ),
    Page(N_("Work"), ((N_("Workload"), page.workload), (N_("Minutes a day"), insight.minutes))),
    Page(N_("Ahead"), ((N_("Due in the next 30 days"), page.forecast), (N_("Hours of the day"), page.hours))),
    Page(
        N_("Grades"),
        (
            (N_("Grades by age"), insight.grades),
            (N_("How sure you are"), insight.confidence),
            (N_("The grader overruled"), page.overruled),
        ),
    ),
    Page(N_("Hard"), ((N_("Hardest terms"), page.hardest),)),
    Page(N_("Missed"), ((N_("Points most often missed"), page.missed),)),
)


def sections(found: Statistics, width: int) -> tuple[ReportSection, ...]:
    """All of them, each at most so many columns wide (from 40)."""
    return tuple(section for each in PAGES for section in each.sections(found, width))
