"""The quiz: choosing, answering, the result, those before."""
