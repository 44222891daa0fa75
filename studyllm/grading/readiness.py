"""Which help there is, in words."""

from pathlib import Path

from studyllm.grading.server import Address
from studyllm.grading.verdict import Help, Readiness
from studyllm.i18n import N_, _

HELP = {
    "off": N_("off"),
    "absent": N_("absent"),
    "loading": N_("loading"),
    "ready": N_("ready"),
    "failed": N_("failed"),
}
"""What the states of a model are called."""


def state_of(path: Path | None) -> Help:
    """How a model begins: switched off, absent, or loading."""
    return "off" if path is None else "loading" if path.exists() else "absent"


def note_of(ready: Readiness) -> str:
    """One sentence about the help there is."""
    names = {"embedding": ready.embedding, "language": ready.language}
    if "loading" in names.values():
        return (
            _("The models' process ended and is being started again.")
            if ready.restarts
            else _("The models are loading.")
        )
    if all(state == "ready" for state in names.values()):
        return _("Both models are ready.")
    if ready.embedding == "ready":
        return _("Compared by meaning. The language model is {state}: explanations are composed.").format(
            state=_(HELP[ready.language])
        )
    if ready.language == "ready":
        said = _("The embedding model is {state}: answers are compared word by word.")
        return said.format(state=_(HELP[ready.embedding]))
    if "absent" in names.values():
        return _("No models: compared word by word. `studyllm models pull` fetches them.")
    return _("No models: answers are compared word by word.")


def told_of(server: Address) -> str:
    """Where answers go, before it is known who answers there."""
    if server.here:
        said = _("Answers, their questions and notes are also sent to {where} (a program on this machine).")
    elif server.secret:
        said = _("Answers, their questions and notes are also sent to {where}.")
    else:
        said = _(
            "Answers, their questions and notes are also sent to {where}, readable by whoever is between."
        )
    return said.format(where=server.url)
