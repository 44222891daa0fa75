"""How a text of a note reads by itself: inline markup, terms with their brackets, labels, how a line opens."""
