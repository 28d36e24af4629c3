"""Regulators and translators see the original word beside its translation."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser.sites import Site

if TYPE_CHECKING:
    from tests.browser.conftest import Open


@pytest.mark.parametrize(
    ("language", "name"), [("nb", "egenandel"), ("ar", "مبلغ التحمل")]
)
def test_a_definition_shows_the_name_in_the_source_language_too(
    read: Open, language: str, name: str
) -> None:
    reader = read("index", Site(language=language, bilingual=True))
    reader.open("deductible")
    tip = reader.tip("deductible")
    assert tip.locator("p").first.inner_text() == f"{name} deductible"
    original = tip.locator(".insurterm-tip-source")
    assert original.is_visible()
    assert original.get_attribute("lang") == "en"
    assert reader.measure("contrast", original) >= 4.5


def test_a_definition_in_the_source_language_shows_its_name_once(read: Open) -> None:
    reader = read("index", Site(bilingual=True))
    reader.open("deductible")
    tip = reader.tip("deductible")
    assert tip.locator("p").first.inner_text() == "deductible"
