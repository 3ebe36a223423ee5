"""Times as they are typed on a form: a day and a minute on an officer's watch."""

from datetime import datetime

from fellwatch.foundation import clock


def typed(at: datetime) -> str:
    """Return an instant as a form's field holds it."""
    return f"{clock.london(at):%Y-%m-%dT%H:%M}"


def read(text: str, missing: datetime) -> datetime | None:
    """Read what a field holds; an empty one means `missing`, nonsense means None."""
    if not text:
        return missing
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=clock.LONDON)
