"""What the models' process says of itself: in English, so that the app says it in the language that it speaks then."""

from studyllm.i18n import N_

DOWN = N_(
    "The models' process ended again and again: answers are compared word by word until the next start."
)
NO_EMBEDDING = N_("The embedding model cannot be loaded: {error}")
NO_LANGUAGE = N_("The language model cannot be loaded: {error}")
UNMEASURED = N_(
    "This language model was not measured as a judge: it explains, and answers are judged without it."
)
NO_GPU = N_("GPU asked for, but this build of llama.cpp has none: running on the CPU.")
ON_GPU = N_("Language model on the GPU.")
SERVER_FAILED = N_("The server at {where} cannot be used ({why}): answers are judged without it.")
SERVER_READY = N_(
    "Answers are also sent to {where} ({model}), which was not measured as a judge and counts less."
)
SAID = (DOWN, NO_EMBEDDING, NO_LANGUAGE, UNMEASURED, NO_GPU, ON_GPU, SERVER_FAILED, SERVER_READY)
