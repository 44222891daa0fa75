"""A review, saved: the card moves and the log says why, in one transaction."""

from studyllm.store.columns import KEPT, PROGRESS, logged, progress_columns
from studyllm.store.records import PRACTICE, Review
from studyllm.store.statement import Raw, Statement

_MOVE, _LOG, _SAVED = Statement("move"), Statement("log"), Statement("saved")


def saved(connection: Raw, review: Review) -> int | None:
    """The id of the log row of a review, if there is one."""
    found = connection.one(_SAVED, card=review.card_id, at=review.at)
    return None if found is None else int(found.id)


def record(connection: Raw, review: Review) -> int | None:
    """Moves a card that still stands where it was, and commits; the id of the log row, or None where it does not."""
    was, to = progress_columns(review.before), progress_columns(review.after)
    moved = {"card": review.card_id}
    moved |= {f"was_{name}": was[name] for name in KEPT} | {f"to_{name}": to[name] for name in PROGRESS}
    if not connection.run(_MOVE, moved).rowcount:
        return None
    log_id = connection.insert(_LOG, logged(review))
    connection.commit()
    return log_id


def practise(connection: Raw, review: Review) -> int:
    """Puts an answer that moves no card into the log, and commits; the id of its row."""
    log_id = connection.insert(_LOG, logged(review) | {"event": PRACTICE})
    connection.commit()
    return log_id
