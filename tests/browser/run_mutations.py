"""Does each check see what it is there for?  Loses each behaviour once, and looks."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

TESTS = Path(__file__).parent
sys.path.insert(0, str(TESTS.parent.parent))  # for `tests`; the package is the wheel's

from tests.browser.mutating import Mutation, table  # noqa: E402

# The themes' own tests would see many of the mutations again, in all themes.
CHECKS = sorted(path for path in TESTS.glob("test_*.py") if "themes" not in path.name)
ONLY = "not file and not (test_axe and not furo-en)"


def run(sites: str, mutation: Mutation | None) -> tuple[set[str], str]:
    """Return the checks that turn red under a mutation, and what was said.

    :param sites: the folder that keeps the built pages from run to run.
    """
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-q"]
    options = ["--tb=line", "-m", "browser", "-k", ONLY, *map(str, CHECKS)]
    name = mutation.name if mutation else ""
    done = subprocess.run(  # noqa: S603  # our own interpreter and words
        [*command, *options],
        capture_output=True,
        check=False,
        encoding="utf-8",
        env={**os.environ, "BROWSER_SITES": sites, "BROWSER_MUTATION": name},
    )
    if done.returncode not in {0, 1}:
        return {"pytest itself"}, done.stdout + done.stderr
    red = re.findall(
        r"^(?:FAILED|ERROR) \S*/(test_\w+\.py::\w+)", done.stdout, re.MULTILINE
    )
    return set(red), done.stdout


def is_seen(sites: str, mutation: Mutation | None) -> bool:
    """Tell whether a mutation turns its check red and no other; without one, none."""
    red, said = run(sites, mutation)
    expected = {mutation.check} if mutation else set()
    name = mutation.name if mutation else "nothing is lost"
    lines = [f"{'ok   ' if red == expected else 'WRONG'} {name}"]
    if red != expected:
        lines += [f"      expected: {sorted(expected)}", f"      red: {sorted(red)}"]
        lines += [said[-3000:] if red == {"pytest itself"} else ""]
        if not red:
            lines += ["      Does the mutation still apply, and can the check fail?"]
    print("\n".join(lines), flush=True)  # noqa: T201
    return red == expected


def main() -> int:
    """Run them all, or those whose names hold a word; tell of each."""
    words = sys.argv[1:]
    chosen = [m for m in table() if not words or any(w in m.name for w in words)]
    with tempfile.TemporaryDirectory() as folder:
        judge = partial(is_seen, folder)
        if not judge(None):  # which builds the pages, too
            return 1
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            seen = list(pool.map(judge, chosen))
    print(f"{len(chosen)} mutations, {seen.count(False)} wrong")  # noqa: T201
    return 0 if all(seen) else 1


if __name__ == "__main__":
    raise SystemExit(main())
