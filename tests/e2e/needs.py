"""Says what `make e2e` needs and this machine lacks."""

import os
import shutil
import sys

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")


def lacking() -> list[str]:
    """What has to be installed first, a line each."""
    lines = []
    if shutil.which("node") is None or shutil.which("npm") is None:
        lines.append("node and npm, of version 20 or newer (Debian: apt install nodejs npm; elsewhere: nodejs.org)")
    if shutil.which(CHROMIUM) is None:
        lines.append("Chromium (Debian: apt install chromium), or another of its kind that CHROMIUM names")
    return lines


if __name__ == "__main__":
    missing = lacking()
    for line in missing:
        print(f"make e2e needs {line}", file=sys.stderr)
    sys.exit(2 if missing else 0)
