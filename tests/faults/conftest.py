"""Tiny models and projects of the engine's tests."""

from __future__ import annotations

import sys
from pathlib import Path

TESTS = Path(__file__).parent.parent
sys.path.append(str(TESTS / "engine"))
