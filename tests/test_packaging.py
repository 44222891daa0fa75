"""Wheel and sdist: what git has is in them, and what was installed from the wheel alone opens."""

import os
import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

from tests.cli.shell import WITHOUT_MODELS
from tests.conftest import ROOT
from tests.terminal.pane import Tmux

pytest.importorskip("setuptools", "77", reason="setuptools builds wheel and sdist; make test has it")
pytestmark = pytest.mark.slow

NOT_SHIPPED = {".po"}
"""What the program does not read: translations are compiled."""


def tracked(*folders: str) -> list[str]:
    """Files of the repository, those that are not committed yet among them."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", "--", *folders]
    try:
        done = subprocess.run(command, cwd=ROOT, capture_output=True, check=True, text=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("no git, or no clone")
    return [name for name in done.stdout.split("\0") if name and (ROOT / name).is_file()]


def build(source: Path, where: Path, what: str) -> Path:
    """A distribution of a tree, made as pip makes it, but with the setuptools that are here."""
    code = f"import sys, setuptools.build_meta as b; print(b.build_{what}(sys.argv[1]))"
    command = [sys.executable, "-c", code, str(where)]
    done = subprocess.run(command, cwd=source, capture_output=True, check=True, text=True)
    return where / done.stdout.split()[-1]


@pytest.fixture(scope="module")
def sdist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Of a copy of what git has: what lies about in a working tree must not get in."""
    source = tmp_path_factory.mktemp("source")
    for name in tracked():
        (source / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, source / name)
    (source / "studyllm" / "left_behind.bak").touch()
    return build(source, tmp_path_factory.mktemp("sdist"), "sdist")


@pytest.fixture(scope="module")
def wheel(sdist: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Made from the sdist, which therefore holds all that a wheel needs."""
    folder = tmp_path_factory.mktemp("unpacked")
    with tarfile.open(sdist) as archive:
        archive.extractall(folder, filter="data")
    [source] = folder.iterdir()
    return build(source, tmp_path_factory.mktemp("wheel"), "wheel")


def test_the_wheel_holds_the_package_as_git_has_it(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = {name for name in archive.namelist() if not name.endswith("/")}
        for name in tracked("studyllm"):
            if Path(name).suffix not in NOT_SHIPPED:
                assert archive.read(name) == (ROOT / name).read_bytes()
    shipped = {name for name in tracked("studyllm") if Path(name).suffix not in NOT_SHIPPED}
    assert {name for name in names if name.startswith("studyllm/")} == shipped
    beside = {name.partition(".data/data/")[2] for name in names if ".data/data/" in name}
    assert beside == {
        "share/man/man1/studyllm.1",
        *(f"share/studyllm/{name}" for name in tracked("decks", "notes")),
    }
    assert {Path(name).name for name in names if "/licenses/" in name} == {"LICENSE", "NOTICE"}


def test_what_kinds_of_files_there_are(wheel: Path) -> None:
    """A package-data pattern that no longer matches would take a kind of file away unseen."""
    with zipfile.ZipFile(wheel) as archive:
        kinds = {Path(name).suffix for name in archive.namelist() if name.startswith("studyllm/")}
        assert "studyllm/store/migrations/versions/0001_start.py" in archive.namelist()
    assert {".tcss", ".mo", ".toml", ".safetensors", ".gguf", ".bin", ".html", ".json", ".typed"} <= kinds


def test_the_sdist_holds_what_git_has(sdist: Path) -> None:
    with tarfile.open(sdist) as archive:
        inside = {member.name.partition("/")[2] for member in archive.getmembers() if member.isfile()}
    only_in_a_clone = (".github", ".ci", ".gitignore", ".dockerignore", ".pre-commit-config.yaml")
    wanted = {name for name in tracked() if not name.startswith(only_in_a_clone)}
    assert wanted - inside == set()
    assert not [name for name in inside if name.endswith((".bak", ".pyc"))]


# Installed


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of programs of an environment that has the wheel, and what it needs from this one's site-packages:
    llama.cpp is not compiled again."""
    place = tmp_path_factory.mktemp("clean") / "venv"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(place)], check=True)
    python = place / "bin" / "python"
    here = [path for path in sys.path if path.endswith("-packages")]
    code = "import sysconfig; print(sysconfig.get_path('purelib'))"
    purelib = subprocess.run([python, "-c", code], capture_output=True, check=True, text=True).stdout.strip()
    (Path(purelib) / "borrowed.pth").write_text("\n".join(here) + "\n")
    command = [
        sys.executable,
        "-m",
        "pip",
        "-q",
        "--python",
        str(python),
        "install",
        "--no-deps",
        "--no-index",
    ]
    try:
        subprocess.run([*command, str(wheel)], check=True, capture_output=True, text=True)
    except subprocess.CalledProcessError as error:
        if "No module named pip" in error.stderr:
            pytest.skip("pip is not here")
        raise
    return place / "bin"


def run(bin_: Path, *args: str, **env: str) -> str:
    """stdout of the installed program, run where there is no clone."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    done = subprocess.run(
        [bin_ / "studyllm", *args],
        cwd=bin_,
        env=kept | WITHOUT_MODELS | env,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_what_is_installed_is_the_wheel(installed: Path) -> None:
    code = "import studyllm; print(studyllm.__file__)"
    command = [str(installed / "python"), "-P", "-c", code]
    env = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    found = subprocess.run(command, cwd=installed, env=env, capture_output=True, check=True, text=True).stdout
    assert found.startswith(str(installed.parent))


def test_it_works_from_the_wheel(installed: Path) -> None:
    assert "studyllm" in run(installed, "--version")
    assert "用法" in run(installed, "--help", STUDYLLM_INTERFACE="zh")
    sample = installed.parent / "share" / "studyllm" / "decks" / "studyllm.toml"
    assert "added" in run(installed, "import", "--quick", str(sample))
    assert "grade" in run(
        installed, COMP_WORDS="studyllm gr", COMP_CWORD="1", _STUDYLLM_COMPLETE="bash_complete"
    )
    assert (installed.parent / "share" / "man" / "man1" / "studyllm.1").is_file()


@pytest.mark.terminal
@pytest.mark.skipif(not shutil.which("tmux"), reason="tmux is not installed")
def test_the_app_opens_from_the_wheel(installed: Path, home: Path) -> None:
    tmux = Tmux()
    try:
        env = [f"-e{name}={value}" for name, value in (WITHOUT_MODELS | {"STUDYLLM_HOME": str(home)}).items()]
        command = ["env", "-u", "PYTHONPATH", str(installed / "studyllm")]
        tmux("new-session", "-d", "-s", "t", "-x", "80", "-y", "24", "-c", str(installed), *env, *command)
        tmux.wait_for("sample")
    finally:
        tmux.close()
