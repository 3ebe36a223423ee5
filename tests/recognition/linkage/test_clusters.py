"""Records become people without chaining strangers together through one bad link."""

from hypothesis import given
from hypothesis import strategies as st

from fellwatch.recognition.linkage import clusters

EDGES = st.lists(
    st.tuples(st.integers(0, 11), st.integers(0, 11), st.floats(-20, 30)).filter(lambda e: e[0] < e[1]),
    unique_by=lambda e: e[:2],
)


def _same(found, one, other):
    return found[one] == found[other]


def test_who_is_linked_is_one_person():
    found = clusters.group(4, [(0, 1, 9.0), (2, 3, 8.0)])
    assert _same(found, 0, 1)
    assert _same(found, 2, 3)
    assert not _same(found, 0, 2)


def test_one_bad_link_does_not_chain_two_families():
    """Two groups of four, all sure of each other, and one pair between them that looks alike."""
    inside = [(a, b, 12.0) for g in (0, 4) for a in range(g, g + 4) for b in range(a + 1, g + 4)]
    found = clusters.group(8, [*inside, (3, 4, 6.0)])
    assert len({found[n] for n in range(4)}) == 1
    assert not _same(found, 0, 7)


def test_links_all_round_do_join():
    found = clusters.group(3, [(0, 1, 5.0), (1, 2, 5.0), (0, 2, -2.0)])
    assert len(set(found)) == 1


@given(edges=EDGES)
def test_a_group_is_named_by_one_of_its_own(edges):
    found = clusters.group(12, edges)
    assert all(found[found[record]] == found[record] for record in range(12))


@given(edges=EDGES)
def test_nobody_is_joined_to_who_is_linked_to_nobody(edges):
    linked = {n for one, other, bits in edges if bits >= 0 for n in (one, other)}
    found = clusters.group(12, edges)
    sizes = {group: found.count(group) for group in found}
    assert all(sizes[found[n]] == 1 for n in range(12) if n not in linked)
