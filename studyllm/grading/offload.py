"""What the installed llama.cpp can do with a GPU, said honestly. Asked in a child: loading it here would be costly."""

import subprocess
import sys

_ASK = "import llama_cpp; print('gpu' if llama_cpp.llama_supports_gpu_offload() else 'cpu')"


def offload(gpu_layers: int | str) -> str:
    """One sentence: where the language model's layers will run."""
    try:
        done = subprocess.run([sys.executable, "-c", _ASK], capture_output=True, text=True, timeout=60)
    except (OSError, subprocess.TimeoutExpired):
        return "llama.cpp did not answer, so the language model cannot run"
    if done.returncode:
        return "llama-cpp-python is not installed or does not load; explanations are composed instead"
    if done.stdout.strip().endswith("gpu"):
        layers = "all layers" if gpu_layers in ("auto", -1) else f"{gpu_layers} layers"
        return "switched off (gpu_layers = 0), running on CPU" if gpu_layers == 0 else f"{layers} on the GPU"
    ignored = "" if gpu_layers in ("auto", 0) else f"; gpu_layers = {gpu_layers} is ignored"
    return f"this build of llama.cpp has none, running on CPU{ignored}"
