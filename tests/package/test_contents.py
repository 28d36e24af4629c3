"""What is not to be published is noticed, and the README has the example that is tried."""

from __future__ import annotations

import pytest
import yaml

from sphinx_insurterms import __version__
from tests.package.contents import (
    ROOT,
    SOURCES,
    on_disk,
    source_mistakes,
    wheel_mistakes,
)
from tests.package.readme import definition, example

ABOUT = "sphinx_insurterms-1.dist-info/METADATA"


@pytest.fixture
def names() -> list[str]:
    """Return the files of a wheel as it should be."""
    return [*on_disk(), ABOUT]


def test_the_package_as_it_is_may_be_published(names: list[str]) -> None:
    assert [*wheel_mistakes(names, [*on_disk()])] == []


@pytest.mark.parametrize(
    "name",
    [
        "tests/test_messages.py",
        "sphinx_insurterms/tests/test_messages.py",
        "sphinx_insurterms/__pycache__/config.cpython-311.pyc",
        "sphinx_insurterms/starter/en/premium.md.orig",
        "docs/conf.py",
    ],
)
def test_a_file_that_does_not_belong_in_the_wheel_is_named(
    names: list[str], name: str
) -> None:
    [told] = wheel_mistakes([*names, name], [])
    assert told.endswith(f" in the wheel: {name}")


@pytest.mark.parametrize(
    ("folder", "kind"),
    [
        ("starter", "starter"),
        ("locale", "words"),
        ("templates", "templates"),
        ("checking/rules.toml", "rules"),
    ],
)
def test_a_wheel_without_one_kind_of_file_is_noticed(
    names: list[str], folder: str, kind: str
) -> None:
    left = [
        name for name in names if not name.startswith(f"sphinx_insurterms/{folder}")
    ]
    told = [*wheel_mistakes(left, [*on_disk()])]
    assert told[0] == f"missing in the wheel: {kind}"
    assert len(told) == 1 + len(names) - len(left)


@pytest.mark.parametrize(
    "name",
    [
        "docs/_build/html/index.html",
        "docs/glossary/index.md",
        "docs/locale/nb/LC_MESSAGES/index.mo",
        "tests/__pycache__/conftest.cpython-311.pyc",
        ".pytest_cache/README.md",
    ],
)
def test_what_tools_make_is_named_in_the_source_archive(name: str) -> None:
    assert [*source_mistakes(SOURCES)] == []
    [told] = source_mistakes([*SOURCES, name])
    assert told.endswith(name)


def test_the_readme_has_an_example_in_three_languages() -> None:
    files, typed = example((ROOT / "README.md").read_text("utf-8"))
    assert "sphinx_insurterms" in files["docs/conf.py"]
    assert "premium" in files["docs/index.rst"]
    assert "language=ar" in typed
    assert definition("nb").startswith("Prisen ")


def test_the_example_is_files_and_what_is_typed() -> None:
    readme = (
        "```python\n# docs/conf.py\na = 1\n```\n\nor\n\n```rst\n.. docs/index.rst\n\nA\n```\n"
        "```sh\npip install .\nsphinx-build docs out\n```\n"
    )
    files = {"docs/conf.py": "a = 1\n", "docs/index.rst": "A\n"}
    assert example(readme) == (files, "sphinx-build docs out\n")


def test_who_cites_us_names_the_version_that_there_is() -> None:
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text("utf-8"))
    assert citation["version"] == __version__
