"""Parts of screens that several of them have."""
