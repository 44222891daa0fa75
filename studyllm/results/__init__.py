"""Results of many answers: rows in a file that is written, gone on with and read; what they say of each question."""
