"""Builds `studyllm/grading/spelling.bin` from the word frequencies of `wordfreq` (data: CC BY-SA 4.0), which nothing
else needs: `pip install wordfreq jieba`, then `python -m bench.spelling`."""

import re
from pathlib import Path

from studyllm.grading import spelling

_LATIN = {"en": 50000, "de": 6000, "fr": 3000}
_CHINESE = 60000


def table() -> bytes:
    """The bits of the commonest words of each language."""
    from wordfreq import top_n_list

    bits = bytearray(spelling.BITS // 8)
    things: set[str] = set()
    for language, number in _LATIN.items():
        for word in top_n_list(language, number):
            if re.fullmatch("[a-z]{2,}", word):
                things |= {f"={word}", *(spelling.groups(word) if len(word) > 2 else ())}
    for word in top_n_list("zh", _CHINESE):
        things.update(spelling.pairs(re.sub("[^\u4e00-\u9fff]", "", word)))
    for thing in things:
        for place in spelling.places(thing):
            bits[place >> 3] |= 1 << (place & 7)
    print(f"{len(things)} things, {sum(b.bit_count() for b in bits) / spelling.BITS:.0%} of the bits")
    return bytes(bits)


if __name__ == "__main__":
    Path(spelling.__file__).with_suffix(".bin").write_bytes(table())
