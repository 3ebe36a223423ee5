"""Two at once, in the same order every time: one has done its part and not committed while the other begins."""

import threading
from collections.abc import Callable

PAUSE = 0.5  # seconds in which the second does what it can before the first commits


def meanwhile(
    first: Callable[[], object], second: Callable[[], object], *, by: object, rest: Callable[[], object] | None = None
) -> list[object]:
    """Run `first` in a transaction of `by`, begin `second` on another connection, go on with `rest`, commit, and wait.

    Returns what each returned, the second's exception in the place of its answer where it raised one.
    """
    from django.db import connection

    from fellwatch.foundation import access

    told: list[object] = []

    def work() -> None:
        try:
            told.append(second())
        except BaseException as problem:
            told.append(problem)
        finally:
            connection.close()

    other = threading.Thread(target=work)
    with access.acting(by):  # type: ignore[arg-type]
        done = first()
        other.start()
        other.join(PAUSE)
        early = list(told)
        if rest:
            rest()
    other.join()
    assert not early, f"The second did not wait: {early}"
    return [done, *told]
