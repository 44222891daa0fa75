"""What any finder of entries is told before it is asked."""

from studyllm.glossary import Finding
from tests.conftest import DAY, NOW

TODAY = DAY.of(NOW)


def prepare(finder: Finding) -> None:
    load(finder)
    finder.read()
    finder.listen()
    finder.recall()


def load(finder: Finding) -> None:
    finder.load(TODAY, DAY.start(TODAY))
