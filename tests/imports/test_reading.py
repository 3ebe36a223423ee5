"""Files of every shape are read row by row; a broken row costs one row, a hostile file costs nothing."""

import gzip
import io
import json
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fellwatch.foundation.imports import delimited, files, mapping, readers
from fellwatch.foundation.imports.importers import Column, Importer, Unreadable, Written

TABLE = Importer(
    name="table",
    title="Table",
    permission="",
    columns=(
        Column("key", required=True, aliases=("Reference No",)),
        Column("colour", required=True, aliases=("col24nm",)),
        Column("note"),
    ),
    build=lambda cells: (),
    key=lambda row: "",
    stored=lambda rows, by: {},
    write=lambda added, changed, by, now: Written(),
)


def _rows(path):
    shape = readers.look(path, TABLE)
    return shape, list(readers.rows(path, shape))


def _written(tmp_path, content, name="file"):
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def _cells(tmp_path, content):
    return [dict(row.cells) for row in _rows(_written(tmp_path, content))[1]]


RED = {"key": "1", "colour": "red"}


@pytest.mark.parametrize(
    "content",
    [
        "key,colour\n1,red\n",
        "key;colour\r\n1;red\r\n",
        "key\tcolour\r1\tred\r",
        "\ufeffkey|colour\n1|red",
        '"key","colour"\n"1","red"\n\n \n',
        '[{"key": 1, "colour": "red"}]',
        '{"rows": [{"key": 1, "colour": "red"}], "made": "today"}',
        '{"key": 1, "colour": "red"}',
        '{"key": 1, "colour": "red"}\n{"key": 2, "colour": "blue"}\n',
        gzip.compress(b"key,colour\n1,red\n", mtime=0),
        "key,colour\n1,red\n".encode("utf-16"),
    ],
)
def test_the_same_row_comes_out_of_every_shape(tmp_path, content):
    assert _cells(tmp_path, content)[0] == RED


def test_letters_of_windows_and_of_unicode_are_told_apart(tmp_path):
    for encoding in ("cp1252", "utf-8"):
        assert _cells(tmp_path, "key,colour\n1,crème\n".encode(encoding)) == [{"key": "1", "colour": "crème"}]


def test_one_undecodable_row_in_a_unicode_file_is_kept_aside_and_the_others_stay_right(tmp_path):
    good = "".join(f"{n},crème\n" for n in range(5)).encode()
    _, rows = _rows(_written(tmp_path, b"key,colour\n" + good + b"9,cr\xe8me\n"))
    assert [row.cells["colour"] for row in rows[:5]] == ["crème"] * 5
    assert "cannot be read" in rows[5].fault.wrong


def test_a_quotation_mark_left_open_costs_its_own_row_only(tmp_path):
    lines = ["key,colour", '1,"red', *(f"{n},blue" for n in range(2, 600))]
    _, rows = _rows(_written(tmp_path, "\n".join(lines)))
    assert len(rows) == 599
    assert "never closed" in rows[0].fault.wrong
    assert [row.line for row in rows if row.fault] == [2]
    assert rows[-1].cells == {"key": "599", "colour": "blue"}
    assert rows[-1].line == 600


def test_a_line_break_inside_quotes_is_part_of_the_text(tmp_path):
    _, rows = _rows(_written(tmp_path, 'key,colour\n1,"red\nand blue"\n2,green\n'))
    assert [row.cells["colour"] for row in rows] == ["red\nand blue", "green"]
    assert [row.line for row in rows] == [2, 4]


def test_rows_too_short_too_long_or_with_nulls_are_kept_aside_with_the_reason(tmp_path):
    _, rows = _rows(_written(tmp_path, "key,colour\n1\n2,red,extra\n3,r\x00d\n4,red,,\n"))
    assert ["1 values" in rows[0].fault.wrong, "3 values" in rows[1].fault.wrong] == [True, True]
    assert "null" in rows[2].fault.wrong
    assert rows[3].fault is None


def test_a_line_of_a_megabyte_costs_its_own_row_only(tmp_path):
    _, rows = _rows(_written(tmp_path, "key,colour\n1," + "x" * 1_000_000 + "\n2,red\n"))
    assert "100,000 characters" in rows[0].fault.wrong
    assert (rows[1].line, rows[1].cells) == (3, {"key": "2", "colour": "red"})


def test_a_broken_line_of_json_costs_its_own_row_only(tmp_path):
    _, rows = _rows(_written(tmp_path, '{"key": 1}\n{"key": \n[1]\n{"key": 2}\n'))
    assert [bool(row.fault) for row in rows] == [False, True, True, False]


def test_nested_json_becomes_dotted_names(tmp_path):
    content = json.dumps([{"key": 1, "colour": None, "people": [{"name": "A"}, {"name": "B"}], "tags": ["x", "y"]}])
    assert _cells(tmp_path, content) == [
        {"key": "1", "colour": "", "people.1.name": "A", "people.2.name": "B", "tags": "x; y"}
    ]


def test_geojson_gives_properties_and_the_geometry(tmp_path):
    feature = {"type": "Feature", "properties": {"key": "1", "colour": "red"}, "geometry": None}
    content = json.dumps({"type": "FeatureCollection", "features": [feature]})
    assert _cells(tmp_path, content) == [{**RED, "geometry": "null"}]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "empty"),
        (b"\n\n\n", "no rows"),
        (b"PK\x03\x04 whatever", "zip archive or a spreadsheet"),
        (b"%PDF-1.7", "not a table"),
        (b"\x89PNG\r\n\x1a\n", "not a table"),
        (b'<?xml version="1.0"?>', "not a table"),
        (gzip.compress(b"key,colour\n" * 100, mtime=0)[:-20], "damaged or cut short"),
        (b"\x1f\x8b\x08 nonsense", "damaged"),
        (b'{"rows": [', "not valid JSON"),
        (b"[" * 100_000, "not valid JSON"),
        (b"3", ""),
        (b"key,colour,key\n1,2,3\n", "Two columns have this name"),
    ],
)
def test_a_file_that_is_no_table_is_refused_whole_with_the_reason(tmp_path, content, says):
    path = _written(tmp_path, content)
    with pytest.raises(Unreadable) as refused:
        mapping.match(TABLE, readers.look(path, TABLE).headers, {})
    assert says in str(refused.value)


def test_a_file_made_to_fill_the_disk_is_stopped(tmp_path):
    packed = io.BytesIO()
    with gzip.GzipFile(fileobj=packed, mode="wb", compresslevel=9) as out:
        for _ in range(64):
            out.write(b"\0" * 1024 * 1024)
    with pytest.raises(Unreadable, match="unpacks to far more"):
        files.scan(_written(tmp_path, packed.getvalue()))


def test_a_zip_archive_is_told_to_be_unzipped(tmp_path):
    path = tmp_path / "file.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.csv", "key,colour\n1,red\n")
    with pytest.raises(Unreadable, match="Unzip it"):
        readers.look(path, TABLE)


def test_the_same_content_has_the_same_digest_however_it_is_packed(tmp_path):
    plain = _written(tmp_path, "key,colour\n1,red\n", "a")
    packed = _written(tmp_path, gzip.compress(plain.read_bytes()), "b")
    assert readers.look(plain, TABLE).digest == readers.look(packed, TABLE).digest


@settings(max_examples=150, deadline=None)
@given(st.lists(st.lists(st.text(st.characters(exclude_categories=("Cs",)), max_size=8), min_size=2, max_size=2)))
def test_whatever_a_spreadsheet_writes_is_read_back(table):
    import csv

    out = io.StringIO()
    csv.writer(out).writerows(table)
    found = list(delimited.records(io.StringIO(out.getvalue(), newline=""), ","))
    assert [list(record.cells) for record in found] == [row for row in table if any(cell.strip() for cell in row)]


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=400))
def test_random_bytes_are_read_or_refused_and_never_crash(tmp_path_factory, content):
    path = tmp_path_factory.getbasetemp() / "random"
    path.write_bytes(content)
    assert all(problem.do for problem in _problems(path))


def _problems(path):
    try:
        _rows(path)
    except Unreadable as refused:
        return refused.problems
    return ()


def test_columns_are_found_by_the_publishers_names():
    matched = mapping.match(TABLE, ("REFERENCE NO", "Col24NM", "Other"), {})
    assert matched.columns == {"key": "REFERENCE NO", "colour": "Col24NM"}
    assert matched.ignored == ("Other",)


def test_a_choice_by_hand_beats_the_names():
    matched = mapping.match(TABLE, ("key", "colour", "shade"), {"shade": "colour"})
    assert matched.columns == {"key": "key", "colour": "shade"}


def test_every_missing_column_is_reported_at_once_with_what_was_found():
    with pytest.raises(Unreadable) as refused:
        mapping.match(TABLE, ("kez", "size"), {})
    assert [problem.field for problem in refused.value.problems] == ["key", "colour", "file"]
    assert "Did you mean kez?" in refused.value.problems[0].do
    assert "Name it colour or col24nm" in refused.value.problems[1].do
    assert refused.value.problems[2].wrong == "Its columns are: kez, size."


def test_a_choice_that_names_nothing_is_answered_with_what_there_is():
    with pytest.raises(Unreadable) as refused:
        mapping.match(TABLE, ("key", "colour"), {"colur": "colour", "key": "kee"})
    assert "Did you mean colour?" in str(refused.value)
    assert "Did you mean key?" in str(refused.value)


def test_two_columns_for_one_are_refused():
    with pytest.raises(Unreadable, match="Choose one"):
        mapping.match(TABLE, ("key", "colour", "shade"), {"shade": "colour", "colour": "colour"})
