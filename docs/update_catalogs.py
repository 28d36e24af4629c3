"""Bring the catalogs of our own documentation up to date with its pages.

    tox run -e catalogs

What a page says newly is there with an empty translation; where it was only changed, the
old translation stands beside it, marked as fuzzy, and readers see English until somebody
has looked at it. What no page says any more is gone.
"""

from __future__ import annotations

import difflib
import subprocess
import sys
import tempfile
from pathlib import Path

import polib

DOCS = Path(__file__).parent
LOCALES = {"ar": "Arabic", "nb": "Norwegian Bokmål"}
PLURALS = {
    "ar": "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 "
    "? 3 : n%100>=11 ? 4 : 5);",
    "nb": "nplurals=2; plural=(n != 1);",
}
WIDTH = 88
LIKE = 0.8
"""How much of a text has to be left for its translation to be of help."""


def main() -> None:
    """Write each catalog whose page has changed."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "sphinx", "-q", "-b", "gettext"]
        subprocess.run([*command, str(DOCS), folder], check=True)  # noqa: S603
        templates = {
            path.relative_to(folder): polib.pofile(str(path))
            for path in sorted(Path(folder).rglob("*.pot"))
            # Terms are translated as entries.
            if path.name != "insurterms.pot"
        }
    for locale in LOCALES:
        messages = DOCS / "locale" / locale / "LC_MESSAGES"
        for name, template in templates.items():
            update(messages / name.with_suffix(".po"), template, locale)
        wanted = {messages / name.with_suffix(".po") for name in templates}
        for path in set(messages.rglob("*.po")) - wanted - {messages / "sphinx.po"}:
            path.unlink()


def update(path: Path, template: polib.POFile, locale: str) -> None:
    """Write one catalog: the messages of the template, in its order."""
    old = polib.pofile(str(path)) if path.is_file() else polib.POFile()
    new = polib.POFile(wrapwidth=WIDTH)
    page = path.relative_to(DOCS / "locale" / locale / "LC_MESSAGES").with_suffix("")
    new.header = (
        f'The page "{page.as_posix()}" of the documentation of sphinx-insurterms, in '
        f"{LOCALES[locale]}."
    )
    new.metadata = {
        "Project-Id-Version": "sphinx-insurterms",
        "Language": locale,
        "Plural-Forms": PLURALS[locale],
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=utf-8",
        "Content-Transfer-Encoding": "8bit",
    }
    known = {entry.msgid: entry for entry in old if entry.msgstr}
    for message in template:
        found = known.get(message.msgid)
        fuzzy = bool(found and found.fuzzy)
        if found is None:
            like = difflib.get_close_matches(message.msgid, known, n=1, cutoff=LIKE)
            found, fuzzy = (known[like[0]], True) if like else (None, False)
        new.append(
            polib.POEntry(
                msgid=message.msgid,
                msgstr=found.msgstr if found else "",
                flags=["fuzzy"] * fuzzy,
            )
        )
    path.parent.mkdir(parents=True, exist_ok=True)
    text = str(new)
    if not path.is_file() or path.read_text("utf-8") != text:
        path.write_text(text, "utf-8")


if __name__ == "__main__":
    main()
