"""What the command line says of itself, as a part of a page."""

from __future__ import annotations

import inspect
import re
from typing import TYPE_CHECKING

import click

from sphinx_insurterms.cli import main
from sphinx_insurterms.cli.arguments import Argument

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_LINES = "\b\n"
"""What click knows a paragraph by whose lines are not to be joined."""


def commands() -> str:
    """Return a section for each command, in the order in which the help lists them."""
    group = click.Context(main, info_name="insurterms", **main.context_settings)
    sections = list(_section(group))
    for name in main.list_commands(group):
        command = main.commands[name]
        sections += _section(click.Context(command, info_name=name, parent=group))
    return "\n\n".join(sections)


def _section(ctx: click.Context) -> Iterator[str]:
    """Yield the parts of a section: its heading, the help, and what there is to give."""
    path = ctx.command_path
    command = ctx.command
    arguments = [one for one in command.params if isinstance(one, Argument)]
    options = [one for one in command.get_params(ctx) if isinstance(one, click.Option)]
    names = frozenset(map(_name, arguments)).union(*map(_choices, options))
    if ctx.parent:  # of the program as a whole, the page itself says what it does
        options = [one for one in options if one.opts != list(ctx.help_option_names)]
        yield f"({path.replace(' ', '-')})=\n## `{path}`"
        for paragraph in inspect.cleandoc(command.help or "").split("\n\n"):
            is_list = paragraph.startswith(_LINES)
            yield _list(paragraph, names) if is_list else marked(paragraph, names)
    usage = " ".join(command.collect_usage_pieces(ctx))
    yield f"```{{code-block}} text\n{path} {usage}\n```"
    yield f"```{{program}} {path}\n```"
    if arguments:
        yield "```{rubric} Arguments\n```"
    for argument in arguments:
        yield _option(_name(argument), [marked(argument.help, names)])
    if options:
        yield "```{rubric} Options\n```"
    for option in options:
        yield _option(_signature(option), _about(option, ctx, names))
    lines = (command.epilog or "").removeprefix(_LINES).splitlines()
    yield "```{rubric} Examples\n```"
    yield "\n".join(["```{code-block} sh", *map(str.strip, lines[1:]), "```"])


def _option(signature: str, paragraphs: list[str]) -> str:
    text = "\n\n".join(paragraphs)
    return f"````{{option}} {signature}\n{text}\n````"


def _name(argument: Argument) -> str:
    return argument.human_readable_name.strip("[].")


def _signature(option: click.Option) -> str:
    """Return what to write: ``-o, --output FILE``."""
    written = ", ".join(option.opts)
    return written if option.is_flag else f"{written} {_metavar(option)}"


def _choices(option: click.Option) -> Sequence[str]:
    return option.type.choices if isinstance(option.type, click.Choice) else ()


def _metavar(option: click.Option) -> str:
    if choices := _choices(option):
        return "|".join(choices)
    return option.metavar or option.type.name.upper()


def _about(
    option: click.Option, ctx: click.Context, names: frozenset[str]
) -> list[str]:
    said = [marked(option.help or "", names)]
    if option.required:
        said.append("It has to be given.")
    if isinstance(option.show_default, str):
        said.append(f":Default: {marked(option.show_default, names)}")
    elif option.show_default:
        said.append(f":Default: `{option.get_default(ctx)}`")
    return said


def _list(paragraph: str, names: frozenset[str]) -> str:
    """Return a paragraph of names, each with what is said of it, as a list."""
    items: list[list[str]] = []
    for line in paragraph.removeprefix(_LINES).splitlines():
        if line.startswith(" "):
            items[-1].append(line.strip())
        else:
            items.append(line.split(maxsplit=1))
    return "\n".join(
        f"- `{name}`: {marked(' '.join(said), names)}" for name, *said in items
    )


_CODE = re.compile(r"(`[^`]*`)")
_WORD = re.compile(r"\w+://\S*[^\s.,;]|[^\s(),;:]*[^\s(),;:.]")


def marked(text: str, names: frozenset[str]) -> str:
    """Return a text of the help with what is code in it marked so.

    :param names: of what the command is given, as in ``OUT/LOCALE``, or may be.

    >>> marked("With --from, see OUT/index.html or conf.py.", frozenset())
    'With `--from`, see `OUT/index.html` or `conf.py`.'
    """

    def mark(word: re.Match[str]) -> str:
        return f"`{word[0]}`" if _is_code(word[0], names) else word[0]

    parts = _CODE.split(" ".join(text.split()))
    parts[::2] = [_WORD.sub(mark, part) for part in parts[::2]]
    return "".join(parts)


def _is_code(word: str, names: frozenset[str]) -> bool:
    return (
        word.startswith("-")
        or word.lstrip(".").partition("-")[0] in names  # as in `.OUT-work`
        or any(sign in word for sign in "/{_")
        or word.endswith((".json", ".jsonld", ".py", ".toml"))
    )
