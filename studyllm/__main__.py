"""`python -m studyllm` is `studyllm`."""

from studyllm.cli import main

main()
