"""What the reference says of our HTML and CSS is true, and nothing is left out."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import sphinx_insurterms
from sphinx_insurterms.hooks import ANCHORS, CLASSES, INTERNAL, PROPERTIES, Hook

if TYPE_CHECKING:
    from bs4 import Tag

    from tests.builds.conftest import Project

STATIC = Path(sphinx_insurterms.__file__).with_name("static")
SHEETS = "".join(path.read_text("utf-8") for path in sorted(STATIC.glob("*.css")))
SCRIPTS = "".join(path.read_text("utf-8") for path in sorted(STATIC.glob("*.js")))
CLASS = re.compile(r"\.(insurterms?[\w-]*)")
KEPT_BY_BROWSER = "insurterm-tooltips"

PAGE = """\
:term:`premium` and :term:`deductible`

.. insurterm:: deductible
   :body:

.. insurterm-glossary::
"""

each_anchor = pytest.mark.parametrize("hook", ANCHORS, ids=lambda hook: hook.name)
each_class = pytest.mark.parametrize("hook", CLASSES, ids=lambda hook: hook.name)


@pytest.fixture(scope="module")
def tags(shared_project: Project) -> list[Tag]:
    """Return what pages are made of that have all that we put on pages."""
    project = shared_project
    project.conf('insurterms_pages = "pages"\n')
    project.entry("en/premium", "premium", "The price.", "See [it](/deductible).\n")
    project.entry(
        "en/deductible",
        "deductible",
        "What you pay.",
        "See [the price](/premium).\n",
        source="The Insurance Act",
    )
    project.entry("nb/premium", "premie", "Prisen.", translates="0" * 24)
    project.start(PAGE)
    built = project.build(
        language="nb",
        insurterms_languages="en,nb",
        insurterms_bilingual=True,
        insurterms_mark_outdated=True,
    )
    names = ("index", "pages/index", "pages/premium", "pages/deductible")
    return [tag for name in names for tag in built.page(name).find_all(name=True)]


def with_class(tags: list[Tag], name: str) -> set[str]:
    """Return the elements that have a class."""
    return {tag.name for tag in tags if name in tag.get_attribute_list("class")}


def internal(start: str) -> set[str]:
    """Return the internal names that begin so."""
    return {name for name in INTERNAL if name.startswith(start)}


def test_every_class_is_public_or_said_to_be_internal(tags: list[Tag]) -> None:
    names = {name for tag in tags for name in tag.get_attribute_list("class")}
    found = {name for name in names if name.startswith("insurterm")}
    found |= set(CLASS.findall(SHEETS)) | set(CLASS.findall(SCRIPTS))
    found |= set(re.findall(r'"(insurterm[\w-]*\w)"', SCRIPTS)) - {KEPT_BY_BROWSER}
    public = {name for hook in CLASSES for name in CLASS.findall(hook.name)}
    assert found == public | internal("insurterm")


@each_class
def test_every_class_is_where_the_reference_says(tags: list[Tag], hook: Hook) -> None:
    (name,) = CLASS.findall(hook.name)
    element = hook.name.partition(".")[0]
    assert (f'"{name}"' in SCRIPTS) == hook.by_script
    found = with_class(tags, name)
    assert bool(found) != hook.by_script
    said = {
        one.name.partition(".")[0] for one in CLASSES if one.name.endswith(f".{name}")
    }
    assert not element or not found or found == said


@each_anchor
def test_every_anchor_is_on_a_page(tags: list[Tag], hook: Hook) -> None:
    anchor = hook.name.replace("<id>", "premium")
    assert anchor in {f"#{tag.get('id')}" for tag in tags}


def test_every_custom_property_is_used_and_told_of() -> None:
    public = {hook.name for hook in PROPERTIES}
    found = set(re.findall(r"--insurterm[\w-]*", SHEETS))
    assert found == public | internal("--")
    assert {name for name in public if f"var({name}," not in SHEETS} == set()


def test_no_data_attribute_is_public(tags: list[Tag]) -> None:
    inside = [tag for tag in tags if tag.find_parent(class_=re.compile("^insurterm"))]
    ours = [*inside, *(tag for tag in tags if with_class([tag], "insurterm-tips"))]
    found = {name for tag in ours for name in tag.attrs if name.startswith("data-")}
    assert found == internal("data-")
