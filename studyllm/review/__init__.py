"""Review: a card is asked, an answer gets a verdict, the verdict moves the card."""
