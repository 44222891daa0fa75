"""The app's side of the models' process: asks it, says how it is, does without it at last."""

from __future__ import annotations

import base64
import os
import queue
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Literal, cast, get_args

from msgspec import to_builtins

from studyllm.grading import explain, gates, lexical
from studyllm.grading.homophones import as_typed
from studyllm.grading.note_lines import Marks, SoFar, on, padded
from studyllm.grading.readiness import note_of, state_of, told_of
from studyllm.grading.scoring import combine, filled, required, with_extras
from studyllm.grading.server import Address
from studyllm.grading.signals import from_message
from studyllm.grading.stream_filter import borne, grounded, spoken
from studyllm.grading.text_grader import LONGEST, as_read, grade_by_text, stopped
from studyllm.grading.told import DOWN, SAID
from studyllm.grading.verdict import QUERY, Help, Question, Readiness, Verdict
from studyllm.i18n import in_a_row, kept
from studyllm.process import Child, Message, Request

_PATIENCE = 180.0
"""Seconds to wait for a verdict, loading included, before text has to do."""
_TOGETHER = 16
"""Texts embedded by one request: a third of a second."""
_NEAREST = 4  # sentences of a passage that a clause is held against
_REMEMBERED = 500
"""Verdicts kept, so that the same answer to the same question gets the same one."""
_OFFLINE = {"TOKENIZERS_PARALLELISM": "false"} | dict.fromkeys(
    ("HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE", "HF_HUB_DISABLE_PROGRESS_BARS"), "1"
)

Changed = Callable[[Readiness], None]


class ModelGrader:
    """A Grader whose models live in a child process; thread-safe."""

    def __init__(
        self,
        embedding: Path | None,
        language: Path | None,
        *,
        threads: int | None = None,
        gpu_layers: int | Literal["auto"] = "auto",
        device: str = "auto",
        server: Address | None = None,
        on_change: Changed | None = None,
        log: Path | None = None,
    ) -> None:
        """Start loading at once; a path of None is a model switched off, one that is not there is absent."""
        self._paths = {
            "embedding": embedding if embedding and embedding.exists() else None,
            "language": language if language and language.exists() else None,
        }
        options = [
            "--threads",
            str(threads or os.cpu_count() or 1),
            f"--gpu-layers={gpu_layers}",
            "--device",
            device,
        ]
        for name, path in self._paths.items():
            options += [f"--{name}", str(path)] if path else []
        if server:
            options += [f"--server={server.url}", f"--server-model={server.model}"]
            options += ["--server-key"] if server.key else []
        self._on_change = on_change
        self._lock = threading.RLock()
        self._known: OrderedDict[tuple[Question, str, str], Verdict] = OrderedDict()
        self._wanted: tuple[Question, str] | None = None
        self._preparing = False
        self._closed = False
        self._ready = Readiness(state_of(embedding), state_of(language))
        if server:
            self._ready = replace(self._ready, server="loading", where=server.where)
        self._server, self._note, self._server_note = server, "", ""
        self._child = Child(
            "studyllm.grading.child",
            options,
            environment=_OFFLINE,
            log=log,
            # What has begun to speak cannot begin again.
            again=lambda message: message["do"] not in ("explain", "reply"),
            heard=self._changed,
            died=self._died,
            settled=self._tell,
        )
        if any(self._paths.values()) or server:
            self._child.start()

    # What the app asks

    def readiness(self) -> Readiness:
        """Which help there is now, in the language that is spoken now."""
        told = kept(self._note, SAID) or note_of(self._ready)
        where = kept(self._server_note, SAID) or (told_of(self._server) if self._server else "")
        return replace(self._ready, note=in_a_row((told, where)))

    @property
    def pid(self) -> int | None:
        """The models' process, while there is one."""
        return self._child.pid

    def prepare(self, question: Question, draft: str = "") -> None:
        """Have the child evaluate what does not depend on the answer, and the answer as far as it is typed; returns at
        once. While one request is under way, only the newest of the others is kept."""
        with self._lock:
            self._wanted = question, draft
            if self._preparing:
                return
            self._preparing = True
        threading.Thread(target=self._prepare, daemon=True).start()

    def grade(self, question: Question, answer: str) -> Verdict:
        """The verdict; waits for models that are loading, and goes by text alone when they fail."""
        since = time.perf_counter()
        said = as_read(question, answer)
        found = as_typed(with_extras(question, said, self._grade(required(question), said)), answer, said)
        return replace(found, ms=round(1000 * (time.perf_counter() - since), 1))

    def _grade(self, question: Question, shown: str) -> Verdict:
        if halted := stopped(question, shown, time.perf_counter()):
            return halted
        known = (question, shown, self._degree())
        with self._lock:
            if known in self._known:
                self._known.move_to_end(known)
                return self._known[known]
        reply = self._last(self._child.ask({"do": "see", "question": self._told(question), "answer": shown}))
        if reply is None:
            return grade_by_text(question, shown)
        found = combine(question, shown, from_message(reply))
        with self._lock:
            self._known[question, shown, self._degree()] = found
            while len(self._known) > _REMEMBERED:
                self._known.popitem(last=False)
        return found

    def glance(self, question: Question, answer: str) -> Verdict:
        """The verdict by the embedding model and its cross-encoder alone."""
        question, shown = required(question), as_read(question, answer)
        if halted := stopped(question, shown, time.perf_counter()):
            return halted
        reply = self._last(
            self._child.ask({"do": "check", "question": self._told(question), "answer": shown})
        )
        return combine(question, shown, from_message(reply)) if reply else grade_by_text(question, shown)

    def explain(self, question: Question, answer: str, verdict: Verdict) -> Iterator[str]:
        """What was missed or wrong, at once and always right, then what a model adds, in pieces; closing the
        iterator stops the model."""
        question = required(question)
        composed = explain.composed(question, verdict)
        yield composed
        if not self._speaks() or not explain.wants_model(verdict):
            return
        shown = gates.visible(answer[:LONGEST])
        point, wrong = explain.subject(verdict)
        asked = self._child.ask(
            {
                "do": "explain",
                "question": self._told(question),
                "answer": shown,
                "point": point,
                "wrong": wrong,
            }
        )
        try:
            yield from spoken(self._child.pieces(asked), question, shown, composed, self._bearing(question))
        finally:
            self._child.cancel(asked)

    def reply(
        self, question: Question, passage: str, asked: str, answer: str = "", verdict: Verdict | None = None
    ) -> Iterator[str]:
        """The answer to a follow-up question from a passage of the note, in pieces; where there is no language model,
        or the note does not bear what it says, the passage's own sentences that come nearest."""
        shown = gates.visible(asked[:LONGEST])
        if said := explain.about_the_answer(question, verdict, shown):
            yield said
            return
        if not self._speaks():
            yield self._quoted(question, passage, shown)
            return
        message = {
            "do": "reply",
            "question": self._told(question),
            "passage": passage,
            "asked": shown,
            "answer": gates.visible(answer[:LONGEST]),
        }
        request = self._child.ask(message)
        known = f"{question.text} {question.reference} {passage} {shown}"
        spoke = False
        try:
            for piece in grounded(self._child.pieces(request), known, self._borne_by(passage, shown)):
                spoke = True
                yield piece
        finally:
            self._child.cancel(request)
        if not spoke:
            yield self._quoted(question, passage, shown)

    def _quoted(self, question: Question, passage: str, asked: str) -> str:
        """The lines of a passage that come nearest to what was asked."""
        import numpy as np  # late: no first frame needs it

        lines = explain.passages(passage)
        vectors = [
            np.frombuffer(v, "<f2").astype(np.float32)
            for v in self.embed([f"{question.text} {asked}", asked, *lines])
        ]
        likeness = [float(line @ (vectors[0] + vectors[1])) for line in vectors[2:]]
        return explain.quoted(question, passage, asked, likeness)

    def _borne_by(self, passage: str, asked: str) -> Callable[[str], bool]:
        """Whether one of a passage's sentences bears a clause."""
        sentences = explain.sentences(passage)

        def bears(clause: str) -> bool:
            words = set(lexical.units(clause))
            near = sorted(sentences, key=lambda one: -len(words & set(lexical.units(one))))[:_NEAREST]
            if not near:
                return False
            return self._bearing(Question(asked, passage, points=tuple(near)))(clause)

        return bears

    def embed(self, texts: Sequence[str], prefix: str = QUERY) -> tuple[bytes, ...]:
        """Unit vectors as little-endian 16-bit floats, 25 ms a text; none without a model. Verdicts go first."""
        found: list[bytes] = []
        for at in range(0, len(texts), _TOGETHER):
            some = texts[at : at + _TOGETHER]
            asked = {"do": "embed", "prefix": prefix, "texts": [text[:LONGEST] for text in some]}
            reply = self._reply_to(self._child.ask(asked))
            if not (raw := base64.b64decode((reply or {}).get("vectors", ""))):
                return ()
            size = len(raw) // len(some)
            found += [raw[i * size : (i + 1) * size] for i in range(len(some))]
        return tuple(found)

    def lines(self, before: Sequence[str], lines: Sequence[str], went: SoFar = on) -> Marks:
        """What the language model makes of lines of a note; nothing without a measured one, or where `went`, which is
        told how many it has read, says to stop. Verdicts go first."""
        asked = self._child.ask({"do": "lines", "before": before, "lines": lines})
        while (reply := self._reply_to(asked)) and "piece" in reply:
            if not went(int(reply["piece"])):
                self._child.cancel(asked)
                return ()
        marks = (reply or {}).get("marks")
        return () if marks is None else padded(marks, len(lines))

    def foresee(self, question: Question) -> None:
        """Evaluate what does not depend on the answer, and keep it until there is one; waits for it, a second or two
        each, while verdicts go first."""
        self._reply_to(self._child.ask({"do": "foresee", "question": self._told(required(question))}))

    def forget(self) -> None:
        """Grade from here on as if nothing had been graded before: the models' last digits depend on what they keep."""
        with self._lock:
            self._known.clear()
        self._reply_to(self._child.ask({"do": "forget"}))

    def close(self) -> None:
        """End the child; whoever still waits is answered by text."""
        self._closed = True
        self._child.close()

    def _prepare(self) -> None:
        while True:
            with self._lock:
                wanted, self._wanted = self._wanted, None
                if wanted is None:
                    self._preparing = False
                    return
            question, draft = self._told(required(wanted[0])), as_read(*wanted)
            self._reply_to(self._child.ask({"do": "prepare", "question": question, "draft": draft}))

    def _told(self, question: Question) -> Message:
        return cast(Message, to_builtins(filled(question)))

    def _bearing(self, question: Question) -> Callable[[str], bool]:
        """Whether the note bears a clause: the cross-encoder finds a point said in it, and none denied; what a server
        says, the measured language model reads, where there is one."""

        def bears(clause: str) -> bool:
            message: Message = {"do": "check", "question": self._told(question), "answer": clause}
            message["read"] = bool(self._ready.where)
            seen = from_message(self._last(self._child.ask(message)) or {})
            if seen.reading is not None:
                return borne(seen.reading)
            if seen.says is None or max((seen.denies, *seen.denied)) > 0.0:
                return False
            return max((seen.says, *seen.said)) > 0.0

        return bears

    def _degree(self) -> str:
        return f"{self._ready.embedding} {self._ready.language} {self._ready.server}"

    def _speaks(self) -> bool:
        """Whether a model may have something to say."""
        return bool({"ready", "loading"} & {self._ready.language, self._ready.server})

    def _last(self, asked: Request) -> Message | None:
        """What was seen in an answer, or None."""
        reply = self._reply_to(asked)
        return reply if reply and {"says", "whole", "reading"} & set(reply) else None

    def _reply_to(self, asked: Request) -> Message | None:
        """The reply to a request that has one, or None."""
        try:
            return asked.replies.get(timeout=_PATIENCE)
        except queue.Empty:
            self._child.cancel(asked)
            return None

    def _died(self, down: bool) -> None:
        """Say that the models load again, or not."""
        state: Help = "failed" if down else "loading"
        self._note = DOWN if down else ""
        self._ready = replace(
            self._ready,
            restarts=self._ready.restarts + (not down),
            **{name: state for name, path in self._paths.items() if path},
            **({"server": state} if self._ready.server != "off" else {}),
        )

    def _changed(self, message: Message) -> None:
        """Take over what the child says about itself, and tell the app."""
        told = message.get("readiness", {})
        states = {name: told[name] for name in (*self._paths, "server") if told.get(name) in get_args(Help)}
        self._server_note = told.get("server_note") or self._server_note
        self._ready, self._note = replace(self._ready, **states), told.get("note") or ""
        self._tell()

    def _tell(self) -> None:
        if self._on_change and not self._closed:
            self._on_change(self.readiness())
