"""An identity provider on this machine, as a force has one: it vouches for whoever it is told has signed in there."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlencode, urlsplit


class _Desk(BaseHTTPRequestHandler):
    server: "_Server"

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        asked = urlsplit(self.path)
        here = f"http://127.0.0.1:{self.server.server_port}"
        match asked.path:
            case "/.well-known/openid-configuration":
                ways = {"authorization": "authorize", "token": "token", "userinfo": "userinfo"}
                self._say(
                    {"issuer": here, "jwks_uri": f"{here}/keys"}
                    | {f"{name}_endpoint": f"{here}/{path}" for name, path in ways.items()}
                )
            case "/authorize":
                said = {name: values[0] for name, values in parse_qs(asked.query).items()}
                self.send_response(302)
                known = urlencode({"code": "once", "state": said["state"]})
                self.send_header("Location", f"{said['redirect_uri']}?{known}")
                self.end_headers()
            case "/userinfo":
                self._say(self.server.person)
            case _:
                self.send_error(404)

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self._say({"access_token": "opens userinfo", "token_type": "Bearer", "expires_in": 300})

    def _say(self, what: object) -> None:
        body = json.dumps(what).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


class _Server(ThreadingHTTPServer):
    person: dict[str, str]


class Provider:
    """The running provider. `person` are the claims of whoever signs in next."""

    def __init__(self) -> None:
        self._server = _Server(("127.0.0.1", 0), _Desk)
        self.address = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def signs_in(self, sub: str, name: str) -> None:
        """Have somebody be signed in there: their identity, and the name that they go by."""
        self._server.person = {"sub": sub, "preferred_username": name, "name": name}

    def close(self) -> None:
        """Stop it."""
        self._server.shutdown()
        self._server.server_close()
