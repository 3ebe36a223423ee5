"""Read people from files into one DuckDB table: every row one face of somebody, spelled one way.

Several rows of a file may share a person_id. What a file lacks is empty. Nothing here stops at a bad cell:
what cannot be read is not compared.
"""

import csv
import tempfile
from collections.abc import Sequence
from pathlib import Path

import duckdb

from fellwatch.recognition.names import TITLES, variants
from fellwatch.recognition.sounds import sound

COLUMNS = (
    "person_id", "forename", "surname", "sex", "date_of_birth", "phone", "address", "postcode", "identifier",
)  # fmt: skip
LONGEST = 200  # characters of a cell that are looked at

_FLAT = r"\b(?:flat|apartment|apt|unit|room)\s*(?:no\.?\s*)?"


def _letters(column: str) -> str:
    return f"trim(regexp_replace(replace(lower(strip_accents({column})), '''''', ''), '[^a-z]+', ' ', 'g'))"


_TITLE = f"(?:{'|'.join(sorted(TITLES))})"

# One box that holds a whole name ("Maria Lopez-Grant" as surname) is a face more for each way to take it apart.
_WHOLE = f"""
insert into {{name}}_given by name
with one as (
  select *, regexp_replace(coalesce(forename, surname), '^(?:{_TITLE}\\.?\\s+)+', '', 'i') as whole from {{name}}_given
  where (forename is null) <> (surname is null)),
several as (select * from one where regexp_matches(whole, '\\S\\s+\\S'))
select * exclude (whole) replace (
  regexp_extract(whole, '^\\S+') as forename, regexp_extract(whole, '^\\S+\\s+(.*)$', 1) as surname)
from several where not contains(whole, ',')
union select * exclude (whole) replace (
  regexp_extract(whole, '^(.*\\S)\\s+\\S+$', 1) as forename, regexp_extract(whole, '\\S+$') as surname)
from several where not contains(whole, ',')
union select * exclude (whole) replace (
  regexp_extract(whole, ',(.*)$', 1) as forename, split_part(whole, ',', 1) as surname)
from several where contains(whole, ',')
"""

_TIDY = f"""
create or replace table {{name}}_tidy as
select
  person_id, {{others}}
  nullif(regexp_replace({_letters("forename")}, '^(?:{_TITLE}(?: |$))+', ''), '') as forenames,
  nullif(regexp_replace({_letters("surname")}, '^(?:{_TITLE} )+', ''), '') as surnames,
  lower(left(trim(sex), 1)) as sex_letter,
  regexp_replace(phone, '[^0-9]', '', 'g') as digits,
  nullif(regexp_replace(upper(postcode), '[^A-Z0-9]', '', 'g'), '') as code,
  nullif(regexp_replace(upper(identifier), '[^A-Z0-9]', '', 'g'), '') as number,
  regexp_extract(lower(address), '{_FLAT}([a-z0-9]{{{{1,4}}}})\\b', 1) as flat,
  regexp_replace(lower(strip_accents(address)), '{_FLAT}[a-z0-9]{{{{1,4}}}}\\b,?\\s*', '') as rest,
  try_strptime(date_of_birth, ['%Y-%m-%d', '%d/%m/%Y', '%d-%m-%Y', '%d.%m.%Y', '%Y%m%d', '%d %b %Y', '%d %B %Y'])::date
    as born,
  regexp_extract(date_of_birth, '(1[5-9]\\d\\d|20\\d\\d)', 1) as year_said
from {{name}}_given
"""

_FACES = """
create or replace table {name} as
select
  {first} + row_number() over () as unique_id,
  person_id as who, {others}
  split_part(forenames, ' ', 1) as fn,
  replace(surnames, ' ', '') as sn,
  replace(forenames, ' ', '') as fns,
  ' ' || concat_ws(' ', forenames, surnames) || ' ' as words,
  coalesce(f.variants, '') as fn_variants,
  f.sound as fn_sound,
  s.sound as sn_sound,
  strftime(born, '%Y-%m-%d') as dob,
  case when day(born) <= 12 then strftime(born, '%Y-%d-%m') end as dob_turned,
  strftime(born, '%m-%d') as birthday,
  coalesce(cast(year(born) as varchar), nullif(year_said, '')) as birth_year,
  case when sex_letter in ('f', 'm') then sex_letter end as sex,
  case when length(digits) between 9 and 15 then right(digits, 9) end as phone,
  code as postcode,
  left(code, greatest(length(code) - 3, 2)) as outcode,
  number as identifier,
  code || '|' || regexp_extract(rest, '(\\b\\d+[a-z]?\\b|^[a-z ]+)', 1) || '|' || flat as house,
  nullif(regexp_extract(rest, '\\b(\\d+[a-z]?)\\b', 1), '') || '|'
    || nullif(regexp_extract(rest, '\\d+[a-z]?[ ,]+([a-z]+)', 1), '') || '|' || flat as door
from {name}_tidy t
left join {name}_words f on f.word = split_part(t.forenames, ' ', 1)
left join {name}_words s on s.word = replace(t.surnames, ' ', '')
"""

_RARE = """
create or replace table {name} as
with word as (select distinct unique_id, unnest(string_split(trim(words), ' ')) as word from {name}),
  common as (select word, count(*) as bearers from word group by word),
  ranked as (
    select unique_id, list(word order by bearers, word) as ranked
    from word join common using (word) where bearers > 1 and length(word) > 2 group by unique_id)
select p.*, r.ranked[1] as rare, r.ranked[2] as rare_too from {name} p left join ranked r using (unique_id)
"""


class Unreadable(ValueError):
    """A file cannot be linked; the message says what is wrong with it and what to do."""


def read_file(
    con: duckdb.DuckDBPyConnection,
    name: str,
    path: Path,
    *,
    others: Sequence[str] = (),
    wide: bool = False,
    whole: bool = False,
    first: int = 0,
) -> int:
    """Read a CSV or Parquet file into the table `name`; return how many faces it holds.

    `others` are further text columns to compare; `wide` looks for rare names; `whole` reads a whole name in one box
    as one too; ids of faces begin after `first`.
    """
    source = f"read_parquet('{_quoted(path)}')" if path.suffix == ".parquet" else _csv(path)
    try:
        present = {row[0] for row in con.execute(f"describe select * from {source}").fetchall()}
        _check(path, present, others)
        cells = ", ".join(_cell(column, column in present) for column in (*COLUMNS, *others))
        con.execute(f"create or replace table {name}_given as select {cells} from {source}")
        if whole:
            con.execute(_WHOLE.format(name=name))
    except duckdb.Error as fault:
        said = str(fault).splitlines()[0][:200]
        raise Unreadable(f"{path.name} cannot be read ({said}). Save it as CSV in UTF-8.") from fault
    return _spell(con, name, others, wide, first)


def _csv(path: Path) -> str:
    return f"read_csv('{_quoted(path)}', header = true, all_varchar = true, delim = ',', quote = '\"')"


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")


def _check(path: Path, present: set[str], others: Sequence[str]) -> None:
    missing = [column for column in ("person_id", *others) if column not in present]
    if missing:
        shown = ", ".join(sorted(present)[:20])
        raise Unreadable(f"{path.name} has no column {', '.join(missing)}. Its columns are: {shown}.")


def _cell(column: str, present: bool) -> str:
    if not present:
        return f"cast(null as varchar) as {column}"
    return f"nullif(trim(left(cast({column} as varchar), {LONGEST})), '') as {column}"


def _spell(con: duckdb.DuckDBPyConnection, name: str, others: Sequence[str], wide: bool, first: int) -> int:
    """Spell every row one way: letters, digits and dates as they are compared, sounds beside them."""
    told = "".join(f"lower({column}) as {column}, " for column in others)
    con.execute(_TIDY.format(name=name, others=told))
    _words(con, name)
    con.execute(_FACES.format(name=name, others="".join(f"{column}, " for column in others), first=first))
    if wide:
        con.execute(_RARE.format(name=name))
    for spent in ("given", "tidy", "words"):
        con.execute(f"drop table {name}_{spent}")
    [(count,)] = con.execute(f"select count(*) from {name}").fetchall()
    return int(count)


def _words(con: duckdb.DuckDBPyConnection, name: str) -> None:
    """Work out once for each different name how it sounds and which names go with it."""
    words = con.execute(
        f"select split_part(forenames, ' ', 1) from {name}_tidy where forenames is not null "
        f"union select replace(surnames, ' ', '') from {name}_tidy where surnames is not null"
    ).fetchall()
    with tempfile.NamedTemporaryFile("w", suffix=".csv", newline="", encoding="utf-8") as file:
        out = csv.writer(file)
        out.writerow(["word", "sound", "others"])
        out.writerows((word, sound(word), _listed(sorted(variants(word)))) for (word,) in words)
        file.flush()
        con.execute(
            f"create or replace table {name}_words as select word, nullif(sound, '') as sound, "
            f"others as variants from read_csv('{file.name}', header = true, all_varchar = true)"
        )


def _listed(words: Sequence[str]) -> str:
    """Return words as one text in which each has a space on both sides: lists cost five times as much to make."""
    return f" {' '.join(words)} " if words else ""
