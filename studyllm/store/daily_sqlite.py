"""What every day asks, written out for SQLite from `daily.py` by `python -m tests.store.written`."""

from typing import Any

WRITTEN: dict[str, tuple[str, dict[str, Any], str, str]] = {
    "card": (
        "SELECT card.id, card.deck_id, card.kind, card.term, card.aliases, card.prompt, card.answer, "
        "card.points, card.headings, card.lang, card.rule, card.path, card.line, card.end_line, "
        "card.added_at, card.gone_at, card.suspended, card.early_look, card.own_points, card.tags, "
        "card.buried, card.repetitions, card.interval, card.ease, card.lapses, card.reviewed, card.due, "
        "card.again, card.memory, card.failed, deck.name AS deck FROM card JOIN deck ON deck.id = "
        "card.deck_id WHERE card.id = :card",
        {},
        "",
        "id deck_id kind term aliases:json prompt answer points:json headings:json lang rule path line "
        "end_line added_at:moment gone_at:moment suspended:bool early_look own_points:json tags:json "
        "buried:date repetitions interval ease lapses reviewed:moment due:date again:moment memory:json "
        "failed deck",
    ),
    "decks": (
        "SELECT deck.id, deck.name, deck.notes, deck.kinds, deck.new_per_day, deck.reviews_per_day, "
        "deck.language, deck.exclude, deck.skip_headings, deck.scheduling, deck.choices FROM deck WHERE "
        "deck.notes != :param_1 OR (EXISTS (SELECT * FROM card WHERE card.deck_id = deck.id AND "
        "card.gone_at IS NULL)) ORDER BY deck.name",
        {"param_1": "[]"},
        "",
        "id name notes:json kinds:json new_per_day reviews_per_day language exclude:json "
        "skip_headings:json scheduling:json choices:json",
    ),
    "deck": (
        "SELECT deck.id, deck.scheduling FROM deck WHERE deck.name = :name",
        {},
        "",
        "id scheduling:json",
    ),
    "schedulings": (
        "SELECT deck.name, deck.scheduling FROM deck ORDER BY deck.name",
        {},
        "",
        "name scheduling:json",
    ),
    "repeating": (
        "SELECT card.again, card.id FROM card JOIN deck ON deck.id = card.deck_id WHERE "
        "card.gone_at IS NULL AND card.suspended IS 0 AND card.buried IS NOT :today AND card.again "
        "BETWEEN :start AND :until AND (:name IS NULL OR deck.name = :name) ORDER BY card.again, "
        "card.id",
        {},
        "today:date start:moment until:moment",
        "again:moment id",
    ),
    "early": (
        "SELECT card.id, deck.name, card.path, card.line, coalesce(json_extract(card.headings, "
        "'$[#-1]'), :coalesce_1) AS section FROM card JOIN deck ON deck.id = card.deck_id WHERE "
        "card.gone_at IS NULL AND card.suspended IS 0 AND card.buried IS NOT :today AND NOT ((card.kind "
        "= :kind_1 OR card.kind = :kind_2) AND (EXISTS (SELECT * FROM card AS card_1 WHERE "
        "card_1.deck_id = card.deck_id AND card_1.path = card.path AND card_1.term = card.term AND "
        "card_1.id < card.id AND card_1.gone_at IS NULL AND card_1.suspended IS 0 AND (card_1.due IS "
        "NULL OR card_1.due <= :today OR card_1.reviewed >= :start)))) AND (card.again IS NULL OR "
        "card.again < :start) AND card.early_look IS NOT NULL AND NOT (card.due IS NULL AND "
        "(card.early_look IS NULL OR card.early_look IS NOT NULL AND ((card.early_look LIKE "
        ":early_look_1 || '%') OR (card.early_look LIKE :early_look_2 || '%')))) AND (card.due IS NULL "
        "OR card.due > :today) AND card.deck_id + :deck_id_1 = :deck ORDER BY card.due NULLS FIRST, "
        "card.id LIMIT :most OFFSET :param_1",
        {
            "coalesce_1": "",
            "kind_1": "gap",
            "kind_2": "meaning",
            "early_look_1": "it was missing when you recalled ",
            "early_look_2": "it was said otherwise when you recalled ",
            "deck_id_1": 0,
            "param_1": 0,
        },
        "today:date start:moment",
        "id name path line section",
    ),
    "overdue": (
        "SELECT card.id, deck.name, card.path, card.line, coalesce(json_extract(card.headings, "
        "'$[#-1]'), :coalesce_1) AS section FROM card JOIN deck ON deck.id = card.deck_id WHERE "
        "card.gone_at IS NULL AND card.suspended IS 0 AND card.buried IS NOT :today AND NOT "
        "((card.kind = :kind_1 OR card.kind = :kind_2) AND (EXISTS (SELECT * FROM card AS card_1 "
        "WHERE card_1.deck_id = card.deck_id AND card_1.path = card.path AND card_1.term = card.term "
        "AND card_1.id < card.id AND card_1.gone_at IS NULL AND card_1.suspended IS 0 AND (card_1.due "
        "IS NULL OR card_1.due <= :today OR card_1.reviewed >= :start)))) AND (card.again IS NULL OR "
        "card.again < :start) AND card.due <= :today AND card.deck_id = :deck ORDER BY card.due, "
        "card.id LIMIT :most OFFSET :param_1",
        {"coalesce_1": "", "kind_1": "gap", "kind_2": "meaning", "param_1": 0},
        "today:date start:moment",
        "id name path line section",
    ),
    "likely": (
        "SELECT card.id, deck.name, card.path, card.line, coalesce(json_extract(card.headings, "
        "'$[#-1]'), :coalesce_1) AS section FROM card JOIN deck ON deck.id = card.deck_id WHERE "
        "card.gone_at IS NULL AND card.suspended IS 0 AND card.buried IS NOT :today AND NOT "
        "((card.kind = :kind_1 OR card.kind = :kind_2) AND (EXISTS (SELECT * FROM card AS card_1 WHERE "
        "card_1.deck_id = card.deck_id AND card_1.path = card.path AND card_1.term = card.term AND "
        "card_1.id < card.id AND card_1.gone_at IS NULL AND card_1.suspended IS 0 AND (card_1.due IS "
        "NULL OR card_1.due <= :today OR card_1.reviewed >= :start)))) AND (card.again IS NULL OR "
        "card.again < :start) AND card.due <= :today AND card.deck_id = :deck ORDER BY (:began - "
        "CAST(strftime('%s', card.reviewed) AS INTEGER)) / ((max(card.interval, :param_1) * :param_2) "
        "+ 0.0), card.id LIMIT :most OFFSET :param_3",
        {"coalesce_1": "", "kind_1": "gap", "kind_2": "meaning", "param_1": 1, "param_2": 1.0, "param_3": 0},
        "today:date start:moment",
        "id name path line section",
    ),
    "likely, fsrs": (
        "SELECT card.id, deck.name, card.path, card.line, coalesce(json_extract(card.headings, "
        "'$[#-1]'), :coalesce_1) AS section FROM card JOIN deck ON deck.id = card.deck_id WHERE "
        "card.gone_at IS NULL AND card.suspended IS 0 AND card.buried IS NOT :today AND NOT "
        "((card.kind = :kind_1 OR card.kind = :kind_2) AND (EXISTS (SELECT * FROM card AS card_1 "
        "WHERE card_1.deck_id = card.deck_id AND card_1.path = card.path AND card_1.term = "
        "card.term AND card_1.id < card.id AND card_1.gone_at IS NULL AND card_1.suspended IS 0 "
        "AND (card_1.due IS NULL OR card_1.due <= :today OR card_1.reviewed >= :start)))) AND "
        "(card.again IS NULL OR card.again < :start) AND card.due <= :today AND card.deck_id = "
        ":deck ORDER BY (:began - CAST(strftime('%s', card.reviewed) AS INTEGER)) / "
        "(coalesce(json_extract(card.memory, '$.stability'), max(card.interval, :param_1) * "
        ":param_2) + 0.0), card.id LIMIT :most OFFSET :param_3",
        {"coalesce_1": "", "kind_1": "gap", "kind_2": "meaning", "param_1": 1, "param_2": 1.0, "param_3": 0},
        "today:date start:moment",
        "id name path line section",
    ),
    "unseen": (
        "SELECT card.id, deck.name, card.path, card.line, coalesce(json_extract(card.headings, "
        "'$[#-1]'), :coalesce_1) AS section FROM card JOIN deck ON deck.id = card.deck_id WHERE "
        "card.gone_at IS NULL AND card.suspended IS 0 AND card.buried IS NOT :today AND card.due IS "
        "NULL AND (card.early_look IS NULL OR card.early_look IS NOT NULL AND ((card.early_look LIKE "
        ":early_look_1 || '%') OR (card.early_look LIKE :early_look_2 || '%'))) AND NOT ((card.kind = "
        ":kind_1 OR card.kind = :kind_2) AND (EXISTS (SELECT * FROM card AS card_1 WHERE "
        "card_1.deck_id = card.deck_id AND card_1.path = card.path AND card_1.term = card.term AND "
        "card_1.id < card.id AND card_1.gone_at IS NULL AND card_1.suspended IS 0 AND (card_1.due IS "
        "NULL OR card_1.due <= :today OR card_1.reviewed >= :start)))) AND card.deck_id = :deck ORDER "
        "BY card.path, card.line, card.id LIMIT :most OFFSET :param_1",
        {
            "coalesce_1": "",
            "early_look_1": "it was missing when you recalled ",
            "early_look_2": "it was said otherwise when you recalled ",
            "kind_1": "gap",
            "kind_2": "meaning",
            "param_1": 0,
        },
        "today:date start:moment",
        "id name path line section",
    ),
    "unsaid": (
        "SELECT card.id FROM card WHERE card.gone_at IS NULL AND card.suspended IS 0 AND card.buried "
        "IS NOT :today AND card.early_look IS NOT NULL AND ((card.early_look LIKE :early_look_1 || "
        "'%') OR (card.early_look LIKE :early_look_2 || '%'))",
        {
            "early_look_1": "it was missing when you recalled ",
            "early_look_2": "it was said otherwise when you recalled ",
        },
        "today:date",
        "id",
    ),
    "unsaid, learned": (
        "SELECT card.id, deck.name, card.path, card.line, "
        "coalesce(json_extract(card.headings, '$[#-1]'), :coalesce_1) AS section FROM card "
        "JOIN deck ON deck.id = card.deck_id WHERE card.id IN (SELECT CAST(anon_1.value AS "
        "INTEGER) AS value FROM json_each(:cards) AS anon_1) AND NOT ((card.kind = :kind_1 OR "
        "card.kind = :kind_2) AND (EXISTS (SELECT * FROM card AS card_1 WHERE card_1.deck_id "
        "= card.deck_id AND card_1.path = card.path AND card_1.term = card.term AND card_1.id "
        "< card.id AND card_1.gone_at IS NULL AND card_1.suspended IS 0 AND (card_1.due IS "
        "NULL OR card_1.due <= :today OR card_1.reviewed >= :start)))) AND NOT (card.due IS "
        "NULL AND (card.early_look IS NULL OR card.early_look IS NOT NULL AND "
        "((card.early_look LIKE :early_look_1 || '%') OR (card.early_look LIKE :early_look_2 "
        "|| '%')))) AND ((card.again IS NULL OR card.again < :start) AND card.due <= :today "
        "OR (card.again IS NULL OR card.again < :start) AND card.early_look IS NOT NULL AND "
        "NOT (card.due IS NULL AND (card.early_look IS NULL OR card.early_look IS NOT NULL "
        "AND ((card.early_look LIKE :early_look_1 || '%') OR (card.early_look LIKE "
        ":early_look_2 || '%')))) AND (card.due IS NULL OR card.due > :today)) ORDER BY "
        "card.path, card.line, card.id",
        {
            "coalesce_1": "",
            "kind_1": "gap",
            "kind_2": "meaning",
            "early_look_1": "it was missing when you recalled ",
            "early_look_2": "it was said otherwise when you recalled ",
        },
        "cards:json today:date start:moment",
        "id name path line section",
    ),
    "unsaid, new": (
        "SELECT card.id, deck.name, card.path, card.line, coalesce(json_extract(card.headings, "
        "'$[#-1]'), :coalesce_1) AS section FROM card JOIN deck ON deck.id = card.deck_id WHERE "
        "card.id IN (SELECT CAST(anon_1.value AS INTEGER) AS value FROM json_each(:cards) AS "
        "anon_1) AND NOT ((card.kind = :kind_1 OR card.kind = :kind_2) AND (EXISTS (SELECT * FROM "
        "card AS card_1 WHERE card_1.deck_id = card.deck_id AND card_1.path = card.path AND "
        "card_1.term = card.term AND card_1.id < card.id AND card_1.gone_at IS NULL AND "
        "card_1.suspended IS 0 AND (card_1.due IS NULL OR card_1.due <= :today OR card_1.reviewed "
        ">= :start)))) AND card.due IS NULL AND (card.early_look IS NULL OR card.early_look IS "
        "NOT NULL AND ((card.early_look LIKE :early_look_1 || '%') OR (card.early_look LIKE "
        ":early_look_2 || '%'))) ORDER BY card.path, card.line, card.id",
        {
            "coalesce_1": "",
            "kind_1": "gap",
            "kind_2": "meaning",
            "early_look_1": "it was missing when you recalled ",
            "early_look_2": "it was said otherwise when you recalled ",
        },
        "cards:json today:date start:moment",
        "id name path line section",
    ),
    "names": (
        "SELECT card.id, card.term, card.aliases, card.answer, card.path FROM card WHERE card.id IN "
        "(SELECT CAST(anon_1.value AS INTEGER) AS value FROM json_each(:cards) AS anon_1)",
        {},
        "cards:json",
        "id term aliases:json answer path",
    ),
    "load": (
        "SELECT card.due, count(*) AS count FROM card WHERE card.gone_at IS NULL AND card.suspended IS 0 "
        "AND card.due BETWEEN :first AND :last AND card.deck_id IN (SELECT deck.id FROM deck) GROUP BY "
        "card.due",
        {},
        "first:date last:date",
        "due:date count",
    ),
    "count all": (
        "SELECT card.deck_id, card.suspended, count(*) AS count, coalesce(sum(coalesce(1.0 / "
        "card.interval, card.interval = 0)), :coalesce_1) AS expected FROM card WHERE card.gone_at "
        "IS NULL GROUP BY card.deck_id, card.suspended",
        {"coalesce_1": 0.0},
        "",
        "deck_id suspended:bool count expected",
    ),
    "count decks": (
        "SELECT deck.id, deck.name, deck.notes, deck.kinds, deck.new_per_day, "
        "deck.reviews_per_day, deck.scheduling FROM deck ORDER BY deck.name",
        {},
        "",
        "id name notes:json kinds:json new_per_day reviews_per_day scheduling:json",
    ),
    "count early": (
        "SELECT card.deck_id FROM card WHERE card.gone_at IS NULL AND card.suspended IS 0 AND "
        "card.buried IS NOT :today AND (card.again IS NULL OR card.again < :start) AND "
        "card.early_look IS NOT NULL AND NOT (card.due IS NULL AND (card.early_look IS NULL OR "
        "card.early_look IS NOT NULL AND ((card.early_look LIKE :early_look_1 || '%') OR "
        "(card.early_look LIKE :early_look_2 || '%')))) AND (card.due IS NULL OR card.due > "
        ":today)",
        {
            "early_look_1": "it was missing when you recalled ",
            "early_look_2": "it was said otherwise when you recalled ",
        },
        "today:date start:moment",
        "deck_id",
    ),
    "count repeated": (
        "SELECT card.deck_id FROM card WHERE card.gone_at IS NULL AND card.suspended IS 0 AND "
        "card.buried IS NOT :today AND card.again >= :start",
        {},
        "today:date start:moment",
        "deck_id",
    ),
    "count due": (
        "SELECT card.deck_id, count(*) AS count FROM card WHERE card.gone_at IS NULL AND "
        "card.suspended IS 0 AND card.buried IS NOT :today AND (card.again IS NULL OR card.again < "
        ":start) AND card.due <= :today AND card.deck_id IN (SELECT deck.id FROM deck) GROUP BY "
        "card.deck_id",
        {},
        "today:date start:moment",
        "deck_id count",
    ),
    "count new": (
        "SELECT card.deck_id, count(*) AS count FROM card WHERE card.gone_at IS NULL AND "
        "card.suspended IS 0 AND card.buried IS NOT :today AND card.due IS NULL AND "
        "(card.early_look IS NULL OR card.early_look IS NOT NULL AND ((card.early_look LIKE "
        ":early_look_1 || '%') OR (card.early_look LIKE :early_look_2 || '%'))) AND card.deck_id IN "
        "(SELECT deck.id FROM deck) GROUP BY card.deck_id",
        {
            "early_look_1": "it was missing when you recalled ",
            "early_look_2": "it was said otherwise when you recalled ",
        },
        "today:date",
        "deck_id count",
    ),
    "count held": (
        "SELECT count(*) FILTER (WHERE (card.again IS NULL OR card.again < :start) AND card.due <= "
        ":today OR (card.again IS NULL OR card.again < :start) AND card.early_look IS NOT NULL AND "
        "NOT (card.due IS NULL AND (card.early_look IS NULL OR card.early_look IS NOT NULL AND "
        "((card.early_look LIKE :early_look_1 || '%') OR (card.early_look LIKE :early_look_2 || "
        "'%')))) AND (card.due IS NULL OR card.due > :today)) AS due, count(*) FILTER (WHERE "
        "card.due IS NULL AND (card.early_look IS NULL OR card.early_look IS NOT NULL AND "
        "((card.early_look LIKE :early_look_1 || '%') OR (card.early_look LIKE :early_look_2 || "
        "'%')))) AS new FROM card WHERE card.gone_at IS NULL AND card.suspended IS 0 AND "
        "card.buried IS NOT :today AND (card.kind = :kind_1 OR card.kind = :kind_2) AND (EXISTS "
        "(SELECT * FROM card AS card_1 WHERE card_1.deck_id = card.deck_id AND card_1.path = "
        "card.path AND card_1.term = card.term AND card_1.id < card.id AND card_1.gone_at IS NULL "
        "AND card_1.suspended IS 0 AND (card_1.due IS NULL OR card_1.due <= :today OR "
        "card_1.reviewed >= :start))) AND card.deck_id = :deck",
        {
            "early_look_1": "it was missing when you recalled ",
            "early_look_2": "it was said otherwise when you recalled ",
            "kind_1": "gap",
            "kind_2": "meaning",
        },
        "start:moment today:date",
        "due new",
    ),
    "count done": (
        'SELECT card.deck_id, count(distinct(log.card_id)) FILTER (WHERE log."before" IS NULL) AS '
        "introduced, count(distinct(log.card_id)) AS every FROM log JOIN card ON log.card_id = "
        "card.id WHERE log.event = :event_1 AND NOT (EXISTS (SELECT * FROM log AS log_1 WHERE "
        "log_1.undoes = log.id)) AND log.at >= :start AND log.at < :end GROUP BY card.deck_id",
        {"event_1": "review"},
        "start:moment end:moment",
        "deck_id introduced every",
    ),
    "last row": ("SELECT max(log.id) AS number FROM log", {}, "", "number"),
    "lately": (
        'SELECT log.at, log.card_id, log."before" IS NULL AS new FROM log JOIN card ON log.card_id = '
        "card.id WHERE log.event = :event_1 AND NOT (EXISTS (SELECT * FROM log AS log_1 WHERE "
        "log_1.undoes = log.id)) AND card.deck_id = :deck AND log.at BETWEEN :since AND :start ORDER "
        "BY log.id",
        {"event_1": "review"},
        "since:moment start:moment",
        "at:moment card_id new:bool",
    ),
    "move": (
        "UPDATE card SET early_look=:early_look, repetitions=:to_repetitions, interval=:to_interval, "
        "ease=:to_ease, lapses=:to_lapses, reviewed=:to_reviewed, due=:to_due, again=:to_again, "
        "memory=:to_memory, failed=:to_failed WHERE card.id = :card AND card.interval IS :was_interval "
        "AND card.reviewed IS :was_reviewed AND card.due IS :was_due AND card.again IS :was_again",
        {"early_look": None},
        "to_reviewed:moment to_due:date to_again:moment to_memory:json was_reviewed:moment was_due:date "
        "was_again:moment",
        "",
    ),
    "log": (
        'INSERT INTO log (at, event, card_id, answer, score, verdict, suggested, chosen, "before", '
        '"after", detail) VALUES (:at, :event, :card_id, :answer, :score, :verdict, :suggested, :chosen, '
        ":before, :after, :detail)",
        {},
        "at:moment before:json after:json detail:json",
        "",
    ),
    "saved": (
        "SELECT log.id FROM log WHERE log.card_id = :card AND log.event = :event_1 AND log.at = :at "
        "ORDER BY log.id DESC LIMIT :param_1 OFFSET :param_2",
        {"event_1": "review", "param_1": 1, "param_2": 0},
        "at:moment",
        "id",
    ),
}
"""By name: the statement, values that it always has, the kinds of others, its columns; see `compiled.of_sqlite`."""
