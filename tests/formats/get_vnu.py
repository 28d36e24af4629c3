"""Where is the Nu Html Checker?  Where npm puts it, if it can be had."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

VERSION = "26.9.27"


def main(folder: str) -> None:
    """Install the checker into *folder*, unless ``VNU_JAR`` has one already."""
    if Path(os.environ.get("VNU_JAR", "")).is_file():
        return
    npm = shutil.which("npm")
    if npm is None:
        print("the Nu Html Checker is not installed, for want of npm")
        return
    # Its script would look for a Java of its own.
    command = [
        npm,
        "install",
        "--ignore-scripts",
        "--no-audit",
        "--no-fund",
        "--silent",
    ]
    command += ["--prefix", folder, f"vnu-jar@{VERSION}"]
    if subprocess.run(command, check=False).returncode:
        print("the Nu Html Checker could not be installed by npm")


main(sys.argv[1])
