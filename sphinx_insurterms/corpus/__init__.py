"""What are the terms?

Everything here works without Sphinx, so that a terminologist's tools, a test and a
documentation build all read one corpus in one way.
"""

from __future__ import annotations
