"""What each operation may answer besides what was asked for, declared so that a program can rely on it."""

from typing import Any

from fellwatch.api.problems import MEDIA, NAMES, TITLES

PROBLEM = {
    "title": "Problem",
    "description": "What is wrong and what to do (RFC 9457).",
    "type": "object",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string", "format": "uri-reference", "description": "Where this kind is explained."},
        "title": {"type": "string", "description": "The kind of problem, always in the same words."},
        "status": {"type": "integer", "description": "The status of the answer."},
        "detail": {"type": "string", "description": "What is wrong this time, and what to do."},
        "problems": {
            "type": "object",
            "additionalProperties": {"type": "string"},
            "description": "422: for each field, what is wrong and what to do.",
        },
        "because": {"type": "array", "items": {"type": "string"}, "description": "403: every reason."},
        "overtaken": {
            "type": "object",
            "description": "409: who decided meanwhile, what, and when.",
            "required": ["by_name", "grade", "at"],
            "properties": {
                "by_name": {"type": "string"},
                "grade": {"type": "string"},
                "at": {"type": "string", "format": "date-time"},
            },
        },
    },
}
_EXAMPLES: dict[int, dict[str, Any]] = {
    403: {"because": ["The role call taker does not include audit.read."]},
    409: {"overtaken": {"by_name": "Bob Tarn", "grade": "priority", "at": "2026-11-21T23:52:07+00:00"}},
    422: {"problems": {"channel": "Choose how the report arrived."}},
}
_DETAILS = {
    400: "The body is not JSON. Send an object in UTF-8, as the operation's schema shows.",
    401: "Send a key as `Authorization: Bearer fw_…`.",
    403: "The role call taker does not include audit.read.",
    404: "There is no such incident, or the record is restricted.",
    409: "Bob Tarn graded this priority while you were writing. Read the incident again, and decide again.",
    413: "Nothing was read. Send less at once, or a large file to /imports.",
    422: "One field needs another look. Nothing was stored.",
}
READ = (401, 403, 422)
READ_ONE = (401, 403, 404, 422)
OPEN = (401, 422)
OPEN_ONE = (401, 404, 422)
WRITE = (400, 401, 403, 404, 413, 422)
WRITE_NEW = (400, 401, 403, 404, 409, 413, 422)
ASK = (400, 401, 403, 413, 422)
ASK_ONE = (400, 401, 404, 413, 422)


def errors(statuses: tuple[int, ...]) -> dict[str, Any]:
    """Return the declaration of an operation's problems, for its `openapi_extra`."""
    return {"responses": {status: _answer(status) for status in statuses}}


def _answer(status: int) -> dict[str, Any]:
    example = {
        "type": f"/api/v1/#{NAMES[status]}",
        "title": TITLES[status],
        "status": status,
        "detail": _DETAILS[status],
        **_EXAMPLES.get(status, {}),
    }
    content = {MEDIA: {"schema": {"$ref": "#/components/schemas/Problem"}, "example": example}}
    return {"description": f"{TITLES[status]}.", "content": content}
