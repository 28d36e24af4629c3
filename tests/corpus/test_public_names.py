"""Programs of others read a corpus by a few names, of which nothing else is asked."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from sphinx_insurterms import corpus

ROOT = Path(corpus.__file__).parents[2]
LOOKING = """\
import sys
sys.path.insert(0, {root!r})
import sphinx_insurterms.corpus as corpus
print(*sorted(name for name in sys.modules if name.startswith("sphinx_insurterms")))
"""


@pytest.mark.parametrize("name", corpus.__all__)
def test_every_public_name_is_there(name: str) -> None:
    assert getattr(corpus, name) is not None


def test_no_other_name_is() -> None:
    with pytest.raises(AttributeError, match="has no attribute 'Korpus'"):
        _ = corpus.Korpus
    with pytest.raises(ImportError):
        from sphinx_insurterms.corpus import Korpus  # noqa: F401, PLC0415


def test_to_have_the_names_at_hand_imports_nothing() -> None:
    code = LOOKING.format(root=str(ROOT))
    done = subprocess.run(  # noqa: S603 - it is our own code
        [sys.executable, "-c", code],
        capture_output=True,
        check=True,
        encoding="utf-8",
    )
    assert done.stdout.split() == ["sphinx_insurterms", "sphinx_insurterms.corpus"]


def test_the_starter_corpus_can_be_looked_up(cache: Path) -> None:
    folder = corpus.CorpusFolder(path=corpus.STARTER_FOLDER)
    layer, problems = corpus.load(folder)
    assert problems == []
    terms = corpus.Corpus([layer])
    found = terms.find("egenandelen", "nb")
    assert found == corpus.Found(term_id="deductible")
    assert terms.terms["deductible"].entry("nb").title == "egenandel"
