"""The models: which there are, where each comes from, its digest, its path on this machine."""

from studyllm.models.catalogue import CATALOGUE, Mirror, Model, Piece, find
from studyllm.models.fetch import pull
from studyllm.models.places import ModelState, check, models_dir, path, place, read_stamp, remove
from studyllm.models.progress import Progress
from studyllm.models.strays import Strays, clear, strays

__all__ = [
    "CATALOGUE",
    "Mirror",
    "Model",
    "ModelState",
    "Piece",
    "Progress",
    "Strays",
    "check",
    "clear",
    "find",
    "models_dir",
    "path",
    "place",
    "pull",
    "read_stamp",
    "remove",
    "strays",
]
