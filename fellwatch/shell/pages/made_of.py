"""What makes somebody up: partners' records that were joined, people who were found to be the same, and undoing it."""

import uuid
from typing import Any

from fellwatch.communities import access as communities
from fellwatch.communities import queries as partners
from fellwatch.communities.agencies import title
from fellwatch.communities.pages.showing import percent, why
from fellwatch.foundation.access import Actor, can
from fellwatch.records import clusters
from fellwatch.records.access import COMBINE

BY = {"model": "by the model", "person": "by a person"}


def shown(person_id: uuid.UUID, *, by: Actor) -> dict[str, Any]:
    """Return the card; a reader who may not see partners' records sees only who was found to be the same."""
    sources = partners.sources_of(person_id, by=by) if can(by, communities.READ).allowed else ()
    return {
        "may_undo": can(by, COMBINE).allowed,
        "sources": [
            {
                "id": one.id,
                "title": f"{title(one.agency)} {one.reference}",
                "name": one.name,
                "joined": BY.get(one.joined_by_kind, ""),
                "at": one.joined_at,
                "likelihood": percent(one.likelihood) if one.likelihood is not None else "",
                "why": why(one.working, one.likelihood),
            }
            for one in sources
        ],
        "earlier": clusters.earlier(person_id, by=by),
    }
