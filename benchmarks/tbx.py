"""What does it take to read a large TBX file?  ``python -m benchmarks.tbx [CONCEPTS]``."""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from lxml import etree

CONCEPTS = 100_000
_RUN = "from sphinx_insurterms.cli import main; main()"
_NAMESPACE = "urn:iso:std:iso:30042:ed-2"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def write(path: Path, count: int) -> None:
    """Write a file of *count* concepts in English and Norwegian, with bodies."""
    with path.open("wb") as out, etree.xmlfile(out, encoding="utf-8") as file:
        root = {"type": "TBX-Basic", "style": "dca"}
        with file.element("tbx", root, nsmap={None: _NAMESPACE}), file.element("body"):
            for number in range(count):
                file.write(_concept(number))


def _concept(number: int) -> etree._Element:
    concept = etree.Element("conceptEntry", {"id": f"term-{number}"})
    for locale in ("en", "nb"):
        language = etree.SubElement(concept, "langSec", {_LANG: locale})
        definition = etree.SubElement(language, "descrip", {"type": "definition"})
        definition.text = (
            f"The part {number} of a loss that the policyholder pays first."
        )
        note = etree.SubElement(language, "note")
        note.text = "A paragraph of the body that goes on. " * 10
        section = etree.SubElement(language, "termSec")
        etree.SubElement(section, "term").text = f"term {number} in {locale}"
    return concept


def main() -> None:
    """Rehearse the import of a file, and say how long that takes, and how much memory."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else CONCEPTS
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "large.tbx")
        write(path, count)
        command = ("import", "--format", "tbx", "--dry-run", path, Path(folder, "new"))
        begin = time.monotonic()
        subprocess.run(
            [sys.executable, "-c", _RUN, *command],
            stdout=subprocess.DEVNULL,
            check=True,
        )
        size = path.stat().st_size >> 20
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss >> 10
    took = time.monotonic() - begin
    print(f"{count} concepts, {size} MB: {peak} MB at the peak, {took:.0f} s of wall")


if __name__ == "__main__":
    main()
