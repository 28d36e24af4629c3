"""What stands for a content?  A short text that is the same for the same content only."""

from __future__ import annotations

import hashlib


def digest_of(content: bytes) -> str:
    """Return what stands for *content*: 24 hexadecimal digits."""
    return hashlib.blake2b(content, digest_size=12).hexdigest()
