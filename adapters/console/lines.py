"""The lines of a terminal or a pipe: read one by one, written so that a pipe reads as a conversation."""

from typing import TextIO

from adapters.console.render import visible

LEAVING = ("quit", "exit", "bye", "q")


class Lines:
    """Where somebody types and reads. The end of the source and Ctrl-C are both None."""

    def __init__(self, source: TextIO, out: TextIO) -> None:
        self._source, self._out, self._by_hand = source, out, source.isatty()
        self.ended = False

    def write(self, text: str) -> None:
        """Prints some text."""
        print(visible(text), file=self._out)

    def show(self, text: str) -> None:
        """Prints some text, with a line before it."""
        print(f"\n{visible(text)}", file=self._out)

    def flush(self) -> None:
        """Returns once all that was printed has left this process."""
        self._out.flush()

    def read(self, prompt: str) -> str | None:
        """What is typed next, without the end of the line; None where there is no more."""
        print(f"\n{prompt}" if self._by_hand else "", end="", file=self._out, flush=True)
        line = None if self.ended else self._line()
        if line is None:
            self.ended = True
            return None
        if not self._by_hand and line.strip():
            print(f"\n{prompt}{visible(line.strip())}", file=self._out)
        return line.rstrip("\n")

    def _line(self) -> str | None:
        try:
            return self._source.readline() or None
        except KeyboardInterrupt:
            return None
        except UnicodeDecodeError:
            return "?"  # bytes that are no text; the answer says that it cannot tell what is asked
