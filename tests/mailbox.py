"""A mail server on this machine: it keeps what is sent, refuses whoever is gone, and can be away."""

import socketserver
import threading
from email import message_from_bytes
from email.message import Message


class _Session(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        self._say("220 mailbox")
        to: list[str] = []
        for line in iter(self.rfile.readline, b""):
            verb = line.decode().strip()
            if verb.upper().startswith("RCPT"):
                address = verb.partition("<")[2].rstrip(">")
                gone = address.startswith("gone@")
                to += [] if gone else [address]
                self._say(f"550 5.1.1 no such mailbox {address}" if gone else "250 ok")
            elif verb.upper() == "DATA":
                self._say("354 go on")
                self.server.box.append((tuple(to), message_from_bytes(self._data())))  # type: ignore[attr-defined]
                self._say("250 kept")
            elif verb.upper() == "QUIT":
                self._say("221 bye")
                return
            else:
                self._say("250 ok")

    def _data(self) -> bytes:
        lines = []
        for line in iter(self.rfile.readline, b".\r\n"):
            lines.append(line)
        return b"".join(lines)

    def _say(self, words: str) -> None:
        self.wfile.write(f"{words}\r\n".encode())


class Mailbox:
    """The server, while it runs."""

    def __init__(self) -> None:
        self._server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Session)
        self._server.daemon_threads = True
        self._server.box = []  # type: ignore[attr-defined]
        self.host, self.port = self._server.server_address[0], self._server.server_address[1]
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    @property
    def sent(self) -> list[tuple[tuple[str, ...], Message]]:
        """Return everything that was sent: to whom, and the mail."""
        return list(self._server.box)  # type: ignore[attr-defined]

    def close(self) -> None:
        """Go away: nobody answers from now."""
        self._server.shutdown()
        self._server.server_close()
