"""A bar on a terminal."""

import click


def bar(done: int, total: int, told: str) -> None:
    """Draws how far something is, over what was drawn before; at the end it is gone."""
    blocks = done * 24 // total
    text = f"\r\033[K[{'━' * blocks}{' ' * (24 - blocks)}] {told.format(done=done, total=total)}"
    click.echo(text if done < total else "\r\033[K", nl=False, err=True)
