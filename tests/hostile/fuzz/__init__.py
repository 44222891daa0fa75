"""Random inputs, guided by what they reach in the program: `python -m tests.hostile.fuzz notes --inputs 100000`."""
