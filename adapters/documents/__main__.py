"""The process that reads one file: the file comes in on standard input, lines of JSON go out.

{"progress": [3, 10]} ...  then  {"document": [[kind, text, level, mark, page, lines], ...]}  or  {"refused": "why"}
"""

import json
import os
import sys
import warnings

LARGEST = 50_000_000  # bytes
SECONDS = 60
MEMORY = 1_000_000_000  # bytes


def main(suffix: str, seconds: int, memory: int) -> None:
    """Reads standard input as a file whose name ends in `suffix`, within so much time and so many bytes."""
    _confine(seconds, memory)
    # Nothing that a library prints may pass for an answer.
    with os.fdopen(os.dup(1), "w", encoding="utf-8") as out:
        os.dup2(2, 1)
        warnings.simplefilter("ignore")
        # Only now, so that what the libraries do when they are loaded is confined as well.
        from adapters.documents import formats
        from adapters.documents.contract import UnreadableDocument

        def say(**what: object) -> None:
            print(json.dumps(what), file=out, flush=True)

        try:
            content = sys.stdin.buffer.read(LARGEST + 1)
            document = formats.read(suffix, content, lambda done, of: say(progress=[done, of]))
        except UnreadableDocument as error:
            say(refused=str(error))
            return
        say(document=[[b.kind, b.text, b.level, b.mark, b.page, b.lines] for b in document.blocks])


def _confine(seconds: int, memory: int) -> None:
    """Takes from this process what reading does not need, where the system can."""
    try:
        import resource
    except ImportError:  # Windows has none; the parent's clock still holds
        return
    for limit, most in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        _, hard = resource.getrlimit(limit)
        most = most if hard == resource.RLIM_INFINITY else min(most, hard)
        try:
            resource.setrlimit(limit, (most, most))
        except (ValueError, OSError):
            continue  # macOS refuses some


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
