"""Files on disk: which are notes, and what text they hold."""

from pathlib import Path

import pytest

from studyllm.errors import InputError
from studyllm.notes.files import MAX_BYTES, find_notes, load

TEXT = "# 海洋\n\n- **潮汐**：海水在月球引力下的周期涨落。\n- **洋流**：海水沿一定方向的大规模流动。\n"
COMPLEX = "# 海洋\n\n- **潮汐**：海水在月球引力下的週期漲落。\n- **洋流**：海水沿一定方向的大規模流動。\n"


@pytest.mark.parametrize(
    ("encoding", "text", "guessed"),
    [
        ("utf-8", TEXT, False),
        ("utf-8-sig", TEXT, False),
        ("utf-16", TEXT, False),
        ("gb18030", TEXT, True),
        ("gbk", TEXT, True),
        ("big5", COMPLEX, True),
        ("latin-1", "# Tiere\n\n**Bär**\n", True),
        ("cp1252", "# Bêtes\n\n- **Éléphant** – « grand »\n- **Âne** : têtu\n", True),
        ("cp1251", "# Звери\n\n- **Медведь**: большой зверь, который живёт в лесу и любит мёд\n", True),
        ("shift_jis", "# 動物\n\n- **クマ**：森に住む大きな動物。\n- **ゾウ**：鼻の長い動物。\n", True),
    ],
)
def test_encodings(tmp_path: Path, encoding: str, text: str, guessed: bool) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(text.encode(encoding))
    loaded = load(path)
    assert (loaded.text, loaded.guessed) == (text, guessed)


def test_line_ends(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(b"a\r\nb\rc\n")
    assert load(path).text == "a\nb\nc\n"


@pytest.mark.parametrize("data", [b"\x89PNG\x00\x00", b"\xff\xfe\x00", bytes(range(128, 256)) * 3])
def test_what_is_no_text(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(data)
    with pytest.raises(InputError, match=r"a\.md"):
        load(path)


def test_too_large_and_gone(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    with path.open("wb") as file:
        file.truncate(MAX_BYTES + 1)
    with pytest.raises(InputError, match="20 MB"):
        load(path)
    with pytest.raises(InputError, match="not there"):
        load(tmp_path / "b.md")
    with pytest.raises(InputError):
        load(tmp_path)


def test_find_notes(tmp_path: Path) -> None:
    for name in [
        "b.md",
        "a.markdown",
        "c.txt",
        "README.md",
        ".obsidian/x.md",
        "sub/d.md",
        "node_modules/e.md",
    ]:
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("x")
    (tmp_path / "sub" / "loop").symlink_to(tmp_path)
    (tmp_path / "out.md").symlink_to("/etc/hostname")
    found = [path.relative_to(tmp_path).as_posix() for path in find_notes([tmp_path])]
    assert found == ["a.markdown", "b.md", "sub/d.md"]


def test_named_outright(tmp_path: Path) -> None:
    path = tmp_path / "README.md"
    path.write_text("x")
    assert list(find_notes([path, path])) == [path]
    with pytest.raises(InputError, match="no file or folder"):
        list(find_notes([tmp_path / "none"]))
