"""Pages of a long list, however they are asked for."""

import pytest


@pytest.mark.parametrize(
    ("said", "page"), [("", 0), ("0", 0), ("3", 3), ("-1", 0), ("x", 0), ("²", 0), ("9" * 400, 10_000), ("1.5", 0)]
)
def test_whatever_is_said_asks_for_a_page(said, page):
    from django.test import RequestFactory

    from fellwatch.foundation import paging

    assert paging.asked(RequestFactory().get("/", {"page": said})) == page


def test_the_ways_lead_to_the_pages_beside_it_and_keep_what_was_asked():
    from fellwatch.foundation import paging

    assert paging.ways("/x/", 1, more=True, part="a&b") == {
        "earlier": "/x/?part=a%26b&page=0",
        "later": "/x/?part=a%26b&page=2",
    }
    assert paging.ways("/x/", 0, more=False) == {"earlier": "", "later": ""}
