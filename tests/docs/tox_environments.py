"""Which environments does tox have, beside those of a Python and a Sphinx?"""

from __future__ import annotations

import re
from pathlib import Path

TOX = Path(__file__).parents[2] / "tox.ini"


def tox_environments() -> set[str]:
    """Return the names that stand after ``tox run -e``."""
    found = re.findall(r"^\[testenv:([\w-]+)\]", TOX.read_text("utf-8"), re.MULTILINE)
    return set(found)
