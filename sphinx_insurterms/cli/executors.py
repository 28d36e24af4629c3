"""Who builds the languages?  Processes of this machine, or the workers of a scheduler."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Protocol

import click

from sphinx_insurterms.building.running import Build, LanguageBuild, Order
from sphinx_insurterms.cli.arguments import needs_extra

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from pathlib import Path

    from sphinx_insurterms.building.placing import Place
    from sphinx_insurterms.cli.build_display import Display

PROCESSES = "processes"
"""Builders of this machine."""


class MakeBuild(Protocol):
    """Makes the build of one language, which does not begin before it is run."""

    def __call__(self, place: Place, shown: Display) -> Build:
        """Make it; *shown* is told what happens."""


@contextmanager
def executor_at(
    address: str, sources: Path, docs: Path, order: Order, without: Collection[Path]
) -> Iterator[MakeBuild]:
    """Yield what makes builds.

    :param address: :data:`PROCESSES`, or that of a Dask scheduler.
    :param sources: the folder that workers need, with all that the build reads.
    :param docs: the folder of the documents, in it.
    :param without: what in the folder they do not need.
    """
    if address == PROCESSES:
        yield lambda place, shown: LanguageBuild(
            docs=docs, place=place, order=order, on_step=shown.step, on_line=shown.line
        )
        return
    with needs_extra("a Dask scheduler", "dask"):
        from sphinx_insurterms.building.remote import (
            ClusterError,
            RemoteBuild,
            client_at,
            sent,
        )
    try:
        client = client_at(address)
    except (OSError, ValueError) as error:
        fact = f"no Dask scheduler answers at {address!r}: {error}"
        raise click.BadParameter(fact, param_hint="'--executor'") from None
    try:
        with client, sent(client, sources, docs, without) as cluster:
            yield lambda place, shown: RemoteBuild(
                cluster=cluster,
                place=place,
                order=order,
                on_step=shown.step,
                on_line=shown.line,
            )
    except ClusterError as error:
        fact = f"a worker cannot take the sources: {error}"
        raise click.ClickException(fact) from None
