"""What stands for a content?  A short text that is the same for the same content only."""

from __future__ import annotations

import hashlib


def digest_of(content: bytes) -> str:
    """Return what stands for *content*: 24 hexadecimal digits."""
    return hashlib.blake2b(content, digest_size=12).hexdigest()


def digest_of_text(*texts: str) -> str:
    r"""Return what stands for *texts*, wherever their lines are broken.

    >>> digest_of_text("a  b", "") == digest_of_text("a\nb ", "")
    True
    """
    words = (" ".join(text.split()) for text in texts)
    return digest_of("\0".join(words).encode())
