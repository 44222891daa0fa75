"""Drawing a screen without tearing wide letters: Textual cuts every line wherever any widget begins or ends, also under
a message or a list that lies above it, and a Chinese letter that stands across such a cut is lost."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from textual._compositor import ChopsUpdate, Compositor
from textual.geometry import Region
from textual.strip import Strip

_COVERED = Strip([], 0)
"""In the place of a piece that an earlier one reaches over."""


class WholeLetters(Compositor):
    """Cuts a widget's line only where another widget covers it."""

    def _render_chops(
        self, crop: Region, is_rendered_line: Callable[[int], bool]
    ) -> Sequence[Mapping[int, Strip]]:
        """For each line its pieces, by column; None where nothing is to be drawn."""
        cuts = self.cuts
        lines: list[dict[int, Strip | None]] = [dict.fromkeys(line[:-1]) for line in cuts]
        for region, clip, strips in self._get_renders(crop):  # the widget in front first
            shown = region.intersection(clip)
            first, last = shown.column_span
            for y, strip in zip(shown.line_range, strips, strict=False):
                if is_rendered_line(y):
                    inside = [cut for cut in cuts[y] if first <= cut <= last]
                    for begin, end in _gaps(inside, lines[y]):
                        lines[y] |= dict.fromkeys((cut for cut in inside if begin <= cut < end), _COVERED)
                        lines[y][begin] = strip.crop(begin - first, end - first)
        return [{x: strip for x, strip in line.items() if strip is not _COVERED} for line in lines]  # type: ignore[misc]

    def render_partial_update(self) -> ChopsUpdate | None:
        """What changed since the last time, up to the ends of the pieces."""
        update = super().render_partial_update()
        if update is not None:
            ends = [[*list(line)[1:], cuts[-1]] for line, cuts in zip(update.chops, self.cuts, strict=True)]
            update.spans = [
                (y, x, next((end for end in ends[y] if end >= to), to)) for y, x, to in update.spans
            ]
            update.chop_ends = ends
        return update


def _gaps(cuts: Sequence[int], line: Mapping[int, Strip | None]) -> Iterator[tuple[int, int]]:
    """The stretches, from cut to cut, in which nothing is drawn yet, each as long as can be."""
    begin: int | None = None
    for cut in cuts[:-1]:
        if line[cut] is None and begin is None:
            begin = cut
        elif line[cut] is not None and begin is not None:
            yield begin, cut
            begin = None
    if begin is not None:
        yield begin, cuts[-1]
