"""Commands in blocks of code with what they do, and code that is none of them."""

from tests.notes.reading import fronts_of
from tests.notes.test_scraps import backs_of

TERMS = "\n- **窑**：烧陶的炉子\n- **釉**：陶器表面的玻璃质\n"


def test_a_command_with_its_remark_beside_it() -> None:
    block = "```bash\nlsblk -f     # 看磁盘和文件系统\n$ free -h    # 看内存\nss -tulpn   # 看谁在听哪个端口\n```\n"
    found = backs_of(f"# 运维\n\n## 常用命令\n\n{block}{TERMS}")
    assert found["lsblk -f"] == "看磁盘和文件系统"
    assert found["free -h"] == "看内存"
    assert found["ss -tulpn"] == "看谁在听哪个端口"


def test_a_command_with_its_remark_above_it() -> None:
    block = (
        "```\n# who is logged in\nwho\n\n# how long it runs\nuptime\n\n# what the kernel says\ndmesg\n```\n"
    )
    found = backs_of(f"# Machine\n\n## Commands\n\n{block}{TERMS}")
    assert found["uptime"] == "how long it runs"


def test_code_with_a_remark_here_and_there_is_no_list_of_commands() -> None:
    script = "```bash\ncd kiln\nmake  # takes a while\n./fire --slow\n./cool\nls  # look\n```\n"
    python = "```python\na = 1  # one\nb = 2  # two\nc = 3  # three\n```\n"
    fronts = fronts_of(f"# 窑\n\n## 运行\n\n{script}\n{python}{TERMS}")
    assert not {"make", "ls", "a = 1", "b = 2"} & set(fronts)


def test_settings_folders_and_a_sample_of_markdown_are_no_commands() -> None:
    settings = "```\nport = 80   # the port\nuser = root  # user\nhost = a  # host\n```\n"
    folders = "```\nsrc/   # source\ntests/   # tests\ndocs/   # docs\n```\n"
    sample = "```\n# Title\ntext\n## Sub\nmore\n### Sub sub\nand more\n```\n"
    fronts = fronts_of(f"# 窑\n\n## 设置\n\n{settings}\n{folders}\n{sample}{TERMS}")
    assert not {"port = 80", "user = root", "src/", "tests/", "text", "more"} & set(fronts)
