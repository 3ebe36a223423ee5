"""Signal: everything between a handheld and the server goes through here, and can be cut at any byte."""

import contextlib
import socket
import threading


class Mast:
    """A TCP proxy in front of the server. Up, it carries; down, it refuses; told to, it cuts mid-way."""

    def __init__(self, target: tuple[str, int]) -> None:
        self.target = target
        self._up = True
        self._cuts: list[tuple[str, int]] = []
        self._open: set[socket.socket] = set()
        self._lock = threading.Lock()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    @property
    def address(self) -> str:
        """Return the address at which the handheld finds the server."""
        return f"http://127.0.0.1:{self.port}"

    def up(self) -> None:
        """Carry everything from now on."""
        with self._lock:
            self._up, self._cuts = True, []

    def down(self) -> None:
        """Cut what is open and carry nothing."""
        with self._lock:
            self._up = False
            for one in self._open:
                _hang_up(one)

    def cut(self, way: str, after: int) -> None:
        """Cut a coming connection once: after so many bytes to ("there") or from ("back") the server."""
        with self._lock:
            self._cuts.append((way, after))
            for one in self._open:
                _hang_up(one)

    def close(self) -> None:
        """Stop for good."""
        self.down()
        self._listener.close()

    def _accept(self) -> None:
        while True:
            try:
                near, _ = self._listener.accept()
            except OSError:
                return
            with self._lock:
                carried = self._up
            if not carried:
                _reset(near)
                continue
            try:
                far = socket.create_connection(self.target, timeout=30)
            except OSError:
                _reset(near)
                continue
            with self._lock:
                self._open |= {near, far}
                cut = self._cuts.pop(0) if self._cuts else None
            for source, sink, way in ((near, far, "there"), (far, near, "back")):
                after = cut[1] if cut and cut[0] == way else None
                threading.Thread(target=self._carry, args=(source, sink, after), daemon=True).start()

    def _carry(self, source: socket.socket, sink: socket.socket, after: int | None) -> None:
        left = after
        with contextlib.suppress(OSError):
            while data := source.recv(65536):
                if left is not None and len(data) >= left:
                    sink.sendall(data[:left])
                    break
                left = None if left is None else left - len(data)
                sink.sendall(data)
        with self._lock:
            self._open -= {source, sink}
        _hang_up(source)
        _hang_up(sink)


def _hang_up(one: socket.socket) -> None:
    with contextlib.suppress(OSError):
        one.shutdown(socket.SHUT_RDWR)


def _reset(one: socket.socket) -> None:
    with contextlib.suppress(OSError):
        one.close()
