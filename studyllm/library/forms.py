"""What the forms of writing are called that cards were read from: `item bold colon` and the like, word by word."""

from studyllm.i18n import N_, _

WORDS = frozenset(
    (
        *(N_("file"), N_("heading"), N_("item"), N_("line"), N_("paragraph"), N_("sentence"), N_("title")),
        *(N_("callout"), N_("cloze"), N_("definition"), N_("table"), N_("row"), N_("list"), N_("lines")),
        *(
            N_("text"),
            N_("texts"),
            N_("titles"),
            N_("parts"),
            N_("question"),
            N_("answer"),
            N_("label"),
            N_("term"),
        ),
        *(N_("bold"), N_("code"), N_("plain"), N_("inner"), N_("short"), N_("double"), N_("first")),
        *(N_("colon"), N_("dash"), N_("copula"), N_("comma"), N_("space"), N_("glued"), N_("none")),
        *(
            N_("over"),
            N_("of"),
            N_("and"),
            N_("in"),
            N_("is"),
            N_("says"),
            N_("called"),
            N_("asks"),
            N_("loose"),
        ),
        *(
            N_("subject"),
            N_("lead"),
            N_("gloss"),
            N_("value"),
            N_("formula"),
            N_("bracket"),
            N_("bar"),
            N_("room"),
            N_("script"),
        ),
        *(N_("command"), N_("column"), N_("one-column"), N_("tagged"), N_("separated"), N_("started")),
        *(N_("begins"), N_("tail"), N_("def"), N_("info"), N_("statement"), N_("other")),
        *(
            N_("named"),
            N_("entry"),
            N_("quote"),
            N_("details"),
            N_("bracketed"),
            N_("gap"),
            N_("maths"),
            N_("year"),
        ),
    )
)
"""The words that forms are made of."""


def form(name: str) -> str:
    """A form as the learner reads it."""
    return " ".join(_(word) if word in WORDS else word for word in name.split())
