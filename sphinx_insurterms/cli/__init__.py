"""What can be done with a corpus where nobody starts Sphinx?"""

from __future__ import annotations

import io
import sys

import click

from sphinx_insurterms.cli.arguments import examples
from sphinx_insurterms.cli.build import build
from sphinx_insurterms.cli.check import check
from sphinx_insurterms.cli.export import export
from sphinx_insurterms.cli.import_ import import_
from sphinx_insurterms.cli.join import join
from sphinx_insurterms.cli.new import new
from sphinx_insurterms.cli.stamp import stamp


@click.group(
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog=examples("insurterms check docs/terms", "insurterms import --help"),
)
@click.version_option(package_name="sphinx-insurterms")
def main() -> None:
    """Look after a corpus of insurance terms."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        # Not every console has the letters of every term; errors are printed so anyway.
        sys.stdout.reconfigure(errors="backslashreplace")


main.add_command(build)
main.add_command(check)
main.add_command(export)
main.add_command(import_)
main.add_command(join)
main.add_command(new)
main.add_command(stamp)
