"""What can be typed at the prompts of a review in place of an answer or a grade."""

from studyllm.cli.prompts import Command
from studyllm.i18n import N_

HINT = Command(N_("hint"), N_("one point of the note; costs the top grade"))
SKIP = Command(N_("skip"), N_("ask another card first"))
BURY = Command(N_("bury"), N_("not today"))
SUSPEND = Command(N_("suspend"), N_("never ask this card"))
UNDO = Command(N_("undo"), N_("take back the last thing, of today or earlier"))
BUILDS_ON = Command(N_("b"), N_("the note of what the card builds on"), N_("NUMBER"))
NOTE = Command(N_("note"), N_("the section of the note around it"))
ASK = Command(N_("ask"), N_("a question about the card, answered from the note"), N_("QUESTION"))
KNEW = Command(N_("knew"), N_("I knew it: grade 4, whatever the verdict"))
POINT = Command(N_("p"), N_("point NUMBER was said after all, or was not"), N_("NUMBER"))
SAY = Command(N_("say"), N_("read the question aloud, after the answer the note"))
WHEN = Command(N_("when"), N_("when the card comes back, by grade"))
HELP = Command(N_("help"), N_("this list"))
QUIT = Command(N_("quit"), N_("stop; every graded answer is saved"))
BEFORE = (HINT, SKIP, SAY, BURY, SUSPEND, UNDO, HELP, QUIT)
WEIGHING = (BURY, SUSPEND, UNDO, HELP, QUIT)
AFTER = (KNEW, POINT, WHEN, NOTE, BUILDS_ON, ASK, SAY, BURY, SUSPEND, UNDO, HELP, QUIT)
"""What can be done while a card is asked, while its answer is weighed, and once it has its verdict."""
