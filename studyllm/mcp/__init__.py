"""Model Context Protocol: a model that talks with the learner asks their cards; what it may know and do stands here."""
