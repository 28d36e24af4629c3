"""How is a corpus TBX?  ISO 30042:2019, dialect TBX-Basic: the words both ways share."""

from __future__ import annotations

NAMESPACE = "urn:iso:std:iso:30042:ed-2"
XML = "http://www.w3.org/XML/1998/namespace"
LANG = f"{{{XML}}}lang"

SUPERSEDED = "superseded"
"""The status of an entry whose own name is superseded in TBX."""

STATUS_ENDING = "-admn-sts"
"""Behind each administrative status: ``preferredTerm-admn-sts``."""
