"""The number of a card as an argument of a command."""

from typing import Any

import click

from studyllm.i18n import _


class CardNumber(click.IntRange):
    """A number from 1 on; what is none is told so in words."""

    def __init__(self) -> None:
        super().__init__(1, 2**62)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        try:
            return super().convert(value, param, ctx)
        except click.BadParameter:
            told = _("{given!r} is not the number of a card; `studyllm cards` lists them.")
            raise click.UsageError(told.format(given=value), ctx) from None


card_id = click.argument("card_id", type=CardNumber(), metavar="ID")
