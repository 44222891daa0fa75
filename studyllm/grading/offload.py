"""What the installed llama.cpp can do with a GPU, said honestly. Asked in a child: loading it here would be costly."""

import subprocess
import sys

from studyllm.i18n import _

_ASK = "import llama_cpp; print('gpu' if llama_cpp.llama_supports_gpu_offload() else 'cpu')"


def offload(gpu_layers: int | str) -> str:
    """One sentence: where the language model's layers will run."""
    try:
        done = subprocess.run([sys.executable, "-P", "-c", _ASK], capture_output=True, text=True, timeout=60)
    except (OSError, subprocess.TimeoutExpired):
        return _("llama.cpp did not answer, so the language model cannot run")
    if done.returncode:
        return _("llama-cpp-python is not installed or does not load; explanations are composed instead")
    if done.stdout.strip().endswith("gpu"):
        if gpu_layers == 0:
            return _("switched off (gpu_layers = 0), running on CPU")
        if gpu_layers in ("auto", -1):
            return _("all layers on the GPU")
        return _("{count} layers on the GPU").format(count=gpu_layers)
    if gpu_layers in ("auto", 0):
        return _("this build of llama.cpp has none, running on CPU")
    said = _("this build of llama.cpp has none, running on CPU; gpu_layers = {count} is ignored")
    return said.format(count=gpu_layers)
