"""Which keys may the front matter of an entry have, and what does each say?"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Key:
    """One key of front matter, declared once: reading and docs loop over it."""

    name: str
    form: str
    """What to write."""

    meaning: str


FRONT_MATTER = (
    Key(
        "title",
        "text",
        "The name that is printed. Without it the first heading stands in, with a "
        "warning.",
    ),
    Key(
        "description",
        "text",
        "The definition. Without it the first paragraph of the body is that.",
    ),
    Key("keywords", "text with commas, or list", "Categories."),
    Key(
        "id",
        "text",
        "The id, where the name of the file is another. An id is the same in every "
        "language.",
    ),
    Key(
        "formerly",
        "text or list",
        "Ids that the term had before. They still find it, and their anchors stay in "
        "lists.",
    ),
    Key(
        "abbreviation",
        "text or list",
        "Short forms. One in parentheses at the end of the title counts too, as in "
        "`Health Maintenance Organization (HMO)`.",
    ),
    Key("aliases", "text or list", "Other names."),
    Key(
        "forms",
        "text or list",
        "Inflected forms, which are found and not shown as names.",
    ),
    Key(
        "deprecated",
        "text or list",
        "Names that writers should not use any more. They still find the term, with a "
        "warning.",
    ),
    Key("sort", "text", "Sorts the term by this text instead of its title."),
    Key("related", "list of ids", 'What stands under "See also".'),
    Key("source", "text", "What the entry cites."),
    Key("jurisdiction", "text or list", "Where it holds."),
    Key("effective", "date", "Since when it holds, as `2019-11-29`."),
    Key(
        "status",
        "text",
        "`approved`, as without the key; `superseded`, which readers are told; or "
        "`draft`, which leaves the entry out.",
    ),
    Key(
        "translates",
        "text",
        "Which version of the source entry this one translates. `insurterms stamp` "
        "writes it.",
    ),
    Key("draft", "`true` or `false`", "`true` leaves the entry out."),
    Key("published", "`true` or `false`", "`false` leaves the entry out."),
)
"""All that we read of front matter, in the order of the reference."""

KEYS = frozenset(key.name for key in FRONT_MATTER)
"""Their names; what else stands there is kept, and not used."""
