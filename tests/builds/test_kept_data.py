"""What is kept with the environment has a shape, and the shape a version."""

from __future__ import annotations

from dataclasses import fields

from sphinx_insurterms.domain import InsurtermDomain
from sphinx_insurterms.notes import PageNotes, Reliance, Request

SHAPE = {
    "PageNotes": (
        *("names", "any_names", "links", "shown", "entries", "relies_on"),
        *("used_lists", "anchors", "indexed", "places", "glossary", "problems"),
    ),
    "Reliance": ("targets", "labels"),
    "Request": ("name", "term_id", "keywords", "locale", "body"),
    "data": ("pages", "folder", "content", "addresses", "revision"),
}
"""Whoever changes this raises `InsurtermDomain.data_version` with it."""


def test_what_old_builds_kept_is_read_only_where_it_has_this_shape() -> None:
    found = {
        "PageNotes": tuple(field.name for field in fields(PageNotes)),
        "Reliance": tuple(field.name for field in fields(Reliance)),
        "Request": tuple(field.name for field in fields(Request)),
        "data": tuple(InsurtermDomain.initial_data),
    }
    assert (InsurtermDomain.data_version, found) == (4, SHAPE)
