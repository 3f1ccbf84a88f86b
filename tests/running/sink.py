"""A small mail server on the loopback that keeps what it is sent, and may be told to do worse."""

import socketserver
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from typing import Any

Hook = Callable[[str], None]


def nothing(moment: str) -> None:
    """What most mail servers do at such a moment."""


class Sink(socketserver.ThreadingTCPServer):
    """``copies`` are the Message-IDs of all that was accepted, in their order.

    ``hook`` is called in the middle of each mail: at its ``beginning``, when it is ``accepted``
    and nobody has been told, and when its sender has been ``told``. ``recipient_hook`` is called
    with each address, before it is answered.
    """

    allow_reuse_address = daemon_threads = True

    def __init__(self, hook: Hook = nothing, recipient_hook: Hook = nothing) -> None:
        super().__init__(("127.0.0.1", 0), _Conversation)
        self.hook, self.recipient_hook = hook, recipient_hook
        self.copies: list[str] = []

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.server_address[1]}"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A worker that is killed in the middle of a sentence is what is asked for."""


class _Conversation(socketserver.StreamRequestHandler):
    server: Sink

    def handle(self) -> None:
        self.say(220, "sink")
        while line := self.rfile.readline().decode().strip():
            match line[:4].upper():
                case "MAIL":
                    self.server.hook("beginning")
                    self.say(250, "ok")
                case "RCPT":
                    self.server.recipient_hook(line.partition(":")[2].strip(" <>"))
                    self.say(250, "ok")
                case "DATA":
                    self.say(354, "go on")
                    self.server.copies.append(self.message_id())
                    self.server.hook("accepted")
                    self.say(250, "ok")
                    self.server.hook("told")
                case "QUIT":
                    self.say(221, "bye")
                    return
                case _:
                    self.say(250, "ok")

    def say(self, code: int, text: str) -> None:
        self.wfile.write(f"{code} {text}\r\n".encode())

    def message_id(self) -> str:
        data = b""
        while (line := self.rfile.readline()) != b".\r\n":
            if not line:
                raise ConnectionError
            data += line
        return str(message_from_bytes(data, policy=policy.SMTP)["Message-ID"])


@contextmanager
def listening(sink: Sink) -> Iterator[Sink]:
    thread = threading.Thread(target=sink.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield sink
    finally:
        sink.shutdown()
        thread.join()
        sink.server_close()
