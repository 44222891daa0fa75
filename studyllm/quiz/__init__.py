"""Self-testing over the same cards, outside the schedule: what is asked and how it is scored. Knows no screen."""
