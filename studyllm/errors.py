"""What can go wrong, said in sentences that can be shown to a learner."""


class StudyError(Exception):
    """A problem worth one sentence: what happened, what was kept, what to do."""


class InputError(StudyError):
    """Something the learner gave (a path, an answer, a file) cannot be used."""


class StoreError(StudyError):
    """The database cannot be opened, read or written."""


class StalePlan(StudyError):
    """The cards changed between planning an import and applying it."""


class ModelError(StudyError):
    """A model is absent, damaged or cannot be had."""
