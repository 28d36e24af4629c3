"""What is wrong with a corpus, as its authors are told?"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sphinx_insurterms.checking.baseline import Baseline
from sphinx_insurterms.checking.explaining import explanations
from sphinx_insurterms.checking.findings import Severity
from sphinx_insurterms.checking.rules import BY_NAME, RULES
from sphinx_insurterms.checking.selecting import UnknownRuleError, selected
from sphinx_insurterms.cli.arguments import (
    ONLY_LOCALES,
    Argument,
    default_corpus,
    examples,
    folder_or_starter,
    unusable,
)
from sphinx_insurterms.cli.consoles import show_table
from sphinx_insurterms.cli.looking import Request, look
from sphinx_insurterms.cli.mending import mend_all
from sphinx_insurterms.cli.reports import FORMS, text
from sphinx_insurterms.corpus.problems import CorpusError
from sphinx_insurterms.corpus.uses import Uses, read_uses
from sphinx_insurterms.corpus.writing import replace_file

if TYPE_CHECKING:
    from collections.abc import Sequence

    from click.shell_completion import CompletionItem

    from sphinx_insurterms.checking.findings import Finding
    from sphinx_insurterms.cli.reports.report import Report

NEVER = "never"


class RuleName(click.ParamType):  # type: ignore[type-arg,unused-ignore]  # of click 8.2
    """The name of a rule, or a pattern of names."""

    name = "rule"

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        """Return the names that begin with what is written."""
        from click.shell_completion import CompletionItem  # noqa: PLC0415

        says = {name: one.says for name, one in explanations().items()}
        return [
            CompletionItem(rule.name, help=says[rule.name])
            for rule in RULES
            if rule.name.startswith(incomplete)
        ]


def explain(ctx: click.Context, param: click.Parameter, rule: str | None) -> None:
    """Print what a rule means, and end."""
    if rule is None:
        return
    if rule not in BY_NAME:
        raise click.BadParameter(_unknown(rule), ctx, param)
    found = explanations()[rule]
    click.echo(f"{rule} ({BY_NAME[rule].severity.word})\n\n{found.says}\n{found.why}")
    for caption, path, content in found.examples():
        indented = "".join(f"    {line}\n" for line in content.splitlines())
        click.echo(f"\n{caption}: {path}\n\n{indented}", nl=False)
    ctx.exit()


def rules_of(
    ctx: click.Context, param: click.Parameter, written: tuple[str, ...]
) -> tuple[str, ...]:
    """Return names of rules, several of which may be written with commas.

    :raises click.BadParameter: if there is no such rule.
    """
    names = tuple(
        name.strip() for one in written for name in one.split(",") if name.strip()
    )
    try:
        selected(names, ())
    except UnknownRuleError as error:
        raise click.BadParameter(_unknown(str(error)), ctx, param) from None
    return names


def _unknown(rule: str) -> str:
    known = ", ".join(one.name for one in RULES)
    return f"no rule is called {rule!r}; there are {known}"


def uses_of(
    ctx: click.Context, param: click.Parameter, folders: tuple[Path, ...]
) -> tuple[Uses, ...]:
    """Return what builds recorded.

    :raises click.BadParameter: if they did not.
    """
    try:
        return tuple(map(read_uses, folders))
    except CorpusError as error:
        raise click.BadParameter(str(error), ctx, param) from None


@click.command(
    epilog=examples(
        "insurterms check docs/terms",
        "insurterms check docs/terms --with starter --locale nb",
        "insurterms check docs/terms --ignore orphan,name-form --fail-on error",
        "insurterms check docs/terms --format sarif --output terms.sarif",
        "insurterms check docs/terms --write-baseline known.json",
        "insurterms check docs/terms --fix",
        "insurterms check --explain link",
    ),
)
@click.argument(
    "corpora",
    cls=Argument,
    metavar="[CORPUS]...",
    nargs=-1,
    type=click.Path(path_type=Path),
    help="A folder; the path may hold {locale}, as in conf.py. Several are layers, the "
    "first on top. Without it, the folder here if it has an insurterms.toml, or else "
    "./terms.",
)
@click.option(
    "--with",
    "below",
    metavar="CORPUS",
    type=click.Path(path_type=Path),
    multiple=True,
    help="A corpus that links may lead to; `starter` is the one that comes with the package.",
)
@ONLY_LOCALES
@click.option(
    "--select",
    metavar="RULES",
    type=RuleName(),
    callback=rules_of,
    multiple=True,
    help="Only these rules: names with commas between, or patterns, such as `link*`.",
)
@click.option(
    "--ignore",
    metavar="RULES",
    type=RuleName(),
    callback=rules_of,
    multiple=True,
    help="All but these rules.",
)
@click.option(
    "--docs",
    "uses",
    metavar="DOCTREES",
    type=click.Path(path_type=Path),
    callback=uses_of,
    multiple=True,
    help="Look at what pages use, too: the folder of the doctrees of a build "
    "(docs/_build/doctrees); may be given several times.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(list(FORMS)),
    default="text",
    show_default=True,
    help="text: lines for people and editors; json: for programs; github: notes beside "
    "the lines of a change; sarif: SARIF 2.1.0, for platforms that show results.",
)
@click.option(
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write the report into a file.",
)
@click.option(
    "--fail-on",
    type=click.Choice([*(s.word for s in sorted(Severity, reverse=True)), NEVER]),
    default="warning",
    show_default=True,
    help="What is bad enough to exit with 1.",
)
@click.option(
    "--baseline",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Leave out what this file knows, so that only what is new is told.",
)
@click.option(
    "--write-baseline",
    "new_baseline",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write what is found now into such a file.",
)
@click.option(
    "--fix", is_flag=True, help="Mend what is safe to mend, and show each change."
)
@click.option(
    "--explain",
    metavar="RULE",
    type=RuleName(),
    callback=explain,
    expose_value=False,
    is_eager=True,
    help="Say what a rule means, with an example, and end.",
)
@click.pass_context
def check(
    ctx: click.Context,
    corpora: tuple[Path, ...],
    below: tuple[Path, ...],
    locales: tuple[str, ...],
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    uses: tuple[Uses, ...],
    form: str,
    output: Path | None,
    fail_on: str,
    baseline: Path | None,
    new_baseline: Path | None,
    fix: bool,
) -> None:
    """Tell what is wrong with a corpus, where, and what to do.

    Nothing is built, and nothing is changed but by --fix.

    Exits with 0 where all is well, with 1 where something is not, and with 2 where the
    command itself is wrong.
    """
    request = Request(
        corpora=tuple(map(folder_or_starter, corpora or (default_corpus(),))),
        below=tuple(map(folder_or_starter, below)),
        rules=selected(select, ignore),
        locales=frozenset(locales),
        uses=uses,
    )
    known = _known(baseline)
    outcome = look(request)
    if fix:
        outcome = mend_all(request, outcome)
    report = outcome.report
    if new_baseline is not None:
        content = Baseline.of(report.findings, new_baseline.absolute().parent).content()
        _write(new_baseline, content)
    if baseline is not None and known is not None:
        new = tuple(known.new(report.findings, baseline.absolute().parent))
        report = replace(report, findings=new, known=len(report.findings) - len(new))
    _tell(report, form, output)
    if new_baseline is None and _is_bad(report.findings, fail_on):
        ctx.exit(1)


def _known(baseline: Path | None) -> Baseline | None:
    try:
        return None if baseline is None else Baseline.read(baseline)
    except CorpusError as error:
        raise click.ClickException(str(error)) from None
    except OSError as error:
        raise unusable(baseline or Path(), error) from None


def _tell(report: Report, form: str, output: Path | None) -> None:
    told = FORMS[form](report)
    if output is None:
        click.echo(told, nl=False)
    else:
        _write(output, told.encode())
    if form == "text":
        show_table(
            "Used, and not translated", ("Term", "Pages in", "Uses"), text.uses(report)
        )
        show_table("Found", ("Rule", "Severity", "Number"), text.rows(report))
    click.echo(text.last_line(report), err=True)


def _write(path: Path, content: bytes) -> None:
    try:
        replace_file(path, content)
    except OSError as error:
        raise unusable(path, error) from None


def _is_bad(findings: Sequence[Finding], fail_on: str) -> bool:
    if fail_on == NEVER:
        return False
    least = Severity[fail_on.upper()]
    return any(finding.severity >= least for finding in findings)
