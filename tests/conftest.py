"""What every test may use."""

from __future__ import annotations

from hypothesis import settings

# Machines that run tests are shared and slow at times; a law holds at any speed.
settings.register_profile("default", deadline=None, max_examples=60)
settings.load_profile("default")
