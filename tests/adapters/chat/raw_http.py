"""A small client of HTTP/1.1 for loopback, so that measuring a server costs less than the server does."""

import asyncio
from dataclasses import dataclass, field

_LONGEST_HEAD = b"\r\n\r\n"


@dataclass(slots=True)
class _Line:
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter


@dataclass(slots=True)
class Lines:
    """Connections to one server, each for one request at a time and kept for the next."""

    host: str
    port: int
    _idle: list[_Line] = field(default_factory=list)

    async def post(self, path: str, headers: dict[str, str], body: bytes) -> int:
        """Posts a body; the status of the answer.

        Raises:
            OSError, EOFError: the line broke.
        """
        line = self._idle.pop() if self._idle else _Line(*await asyncio.open_connection(self.host, self.port))
        head = [f"POST {path} HTTP/1.1", f"Host: {self.host}:{self.port}", f"Content-Length: {len(body)}"]
        head += [f"{name}: {value}" for name, value in headers.items()]
        try:
            line.writer.write("\r\n".join(head).encode() + _LONGEST_HEAD + body)
            status, closed = await _answer(line.reader)
        except BaseException:
            line.writer.close()
            raise
        if closed:
            line.writer.close()
        else:
            self._idle.append(line)
        return status

    def close(self) -> None:
        for line in self._idle:
            line.writer.close()
        self._idle.clear()


async def announced(host: str, port: int, path: str, length: int) -> int:
    """The status of the answer to a post of so many bytes, of which none is sent: who refuses a body before it was read
    closes the line, and whoever still writes may never read the answer."""
    reader, writer = await asyncio.open_connection(host, port)
    try:
        head = [f"POST {path} HTTP/1.1", f"Host: {host}:{port}", f"Content-Length: {length}"]
        writer.write("\r\n".join(head).encode() + _LONGEST_HEAD)
        status, _ = await _answer(reader)
    finally:
        writer.close()
    return status


async def _answer(reader: asyncio.StreamReader) -> tuple[int, bool]:
    """The status of an answer, and whether the line ends with it."""
    first, *rest = (await reader.readuntil(_LONGEST_HEAD)).decode("latin-1").lower().split("\r\n")
    headers = dict(line.split(": ", 1) for line in rest if ": " in line)
    if headers.get("transfer-encoding") == "chunked":
        while size := int((await reader.readuntil(b"\r\n")).split(b";")[0], 16):
            await reader.readexactly(size + 2)
        await reader.readuntil(b"\r\n")
    else:
        await reader.readexactly(int(headers.get("content-length", 0)))
    return int(first.split(" ", 2)[1]), headers.get("connection") == "close"
