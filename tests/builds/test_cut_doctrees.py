"""Half a doctree, as Sphinx leaves it where it is killed, ends no build."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.builds.conftest import Project


@pytest.mark.parametrize("left", [b"", b"half", None])
def test_a_doctree_that_a_killed_build_cut_off_is_made_again(
    project: Project, left: bytes | None
) -> None:
    project.write("killed", "")
    stop = 'if (app.confdir / "killed").exists():\n        app.connect("env-updated", fail, 0)'
    code = (
        f"def setup(app):\n    {stop}\n\ndef fail(*_):\n    raise KeyboardInterrupt\n"
    )
    project.write("other.rst", ":orphan:\n\nOther\n=====\n")
    project.conf()
    whole = project.build()
    assert whole.warnings == []
    project.conf(code)
    project.write("other.rst", ":orphan:\n\nOther one\n=========\n")
    with pytest.raises(KeyboardInterrupt):
        project.build()
    doctree = project.root / "doctrees/html-en/index.doctree"
    if left is None:
        doctree.unlink()
    else:
        doctree.write_bytes(left)
    (project.docs / "killed").unlink()
    project.conf()
    after = project.build()
    assert after.warnings == []
    assert "index" in after.read()
    assert after.body("index") == whole.body("index")
    # All went well, and so nothing will be looked into.
    assert not list(doctree.parent.glob("*reading*"))
