"""An answer gets a verdict. Importing this loads no model and no library of one, and of our own what is asked for."""

from typing import TYPE_CHECKING

from studyllm.late import names_of

if TYPE_CHECKING:
    from studyllm.grading.buffered import Buffered
    from studyllm.grading.calibration import ENOUGH, SETTLED, Calibration, Opinion, learn, settled
    from studyllm.grading.client import ModelGrader
    from studyllm.grading.counted import apart
    from studyllm.grading.explain import named_otherwise, of_another, written
    from studyllm.grading.glosses import points_told
    from studyllm.grading.hearing import Heard, foresee, hear, listen
    from studyllm.grading.note_lines import line_read_out
    from studyllm.grading.one_word import called_otherwise, means_another
    from studyllm.grading.points import bare, is_extra, shown, split_points, with_extras_marked
    from studyllm.grading.scoring import points_of, translations
    from studyllm.grading.text_grader import TextGrader
    from studyllm.grading.verdict import (
        SURE,
        Forgetful,
        Glancing,
        Grader,
        Help,
        Question,
        Readiness,
        ReadingNotes,
        Verdict,
        grade_of,
        label_of,
        toggled,
        with_states,
    )
    from studyllm.grading.vocabulary import (
        is_meaning,
        is_other_article,
        is_word,
        misspelt,
        without_article,
    )
else:
    __getattr__ = names_of(
        __name__,
        {
            "buffered": "Buffered",
            "calibration": "ENOUGH SETTLED Calibration Opinion learn settled",
            "client": "ModelGrader",
            "counted": "apart",
            "explain": "named_otherwise of_another written",
            "glosses": "points_told",
            "hearing": "Heard foresee hear listen",
            "note_lines": "line_read_out",
            "one_word": "called_otherwise means_another",
            "points": "bare is_extra shown split_points with_extras_marked",
            "scoring": "points_of translations",
            "text_grader": "TextGrader",
            "verdict": "SURE Forgetful Glancing Grader Help Question Readiness ReadingNotes Verdict grade_of label_of "
            "toggled with_states",
            "vocabulary": "is_meaning is_other_article is_word misspelt without_article",
        },
    )

__all__ = [
    "ENOUGH",
    "SETTLED",
    "SURE",
    "Buffered",
    "Calibration",
    "Forgetful",
    "Glancing",
    "Grader",
    "Heard",
    "Help",
    "ModelGrader",
    "Opinion",
    "Question",
    "Readiness",
    "ReadingNotes",
    "TextGrader",
    "Verdict",
    "apart",
    "bare",
    "called_otherwise",
    "foresee",
    "grade_of",
    "hear",
    "is_extra",
    "is_meaning",
    "is_other_article",
    "is_word",
    "label_of",
    "learn",
    "line_read_out",
    "listen",
    "means_another",
    "misspelt",
    "named_otherwise",
    "of_another",
    "points_of",
    "points_told",
    "settled",
    "shown",
    "split_points",
    "toggled",
    "translations",
    "with_extras_marked",
    "with_states",
    "without_article",
    "written",
]
