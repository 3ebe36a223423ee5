"""What becomes of each record, in SQL: the rulebook's guards and thresholds over the pairs that Splink scored."""

from collections.abc import Sequence

from fellwatch.recognition.linkage import compared
from fellwatch.rules import linkage


def _at(field: str, names: frozenset[str]) -> str:
    """Return the SQL condition that a pair is at one of these levels, as Splink numbers them."""
    known = [level[0] for level in compared.levels(field)]
    numbers = sorted(-1 if name == "unknown" else len(known) - 1 - known.index(name) for name in names)
    return f"gamma_{field} in ({', '.join(map(str, numbers))})"


def _holds(asked: linkage.Asked, fields: Sequence[str]) -> str:
    """A field that the files do not have is unknown."""
    said = [_at(field, names) if field in fields else str("unknown" in names).lower() for field, names in asked.items()]
    return "(" + " and ".join(said) + ")"


def caution(fields: Sequence[str]) -> str:
    """Return the SQL that says which guard holds a pair back, or ''."""
    guards = " ".join(f"when {_holds(asked, fields)} then '{name}'" for name, asked in linkage.GUARDS.items())
    return f"case when {_holds(linkage.PLAIN, fields)} then '' {guards} else '' end"


# One row a record and person: the best of their faces.
BEST = """
create or replace table best as
select l.who as record_id, r.who as person_id, p.match_weight as bits, p.match_probability as likelihood,
  {caution} as caution, {steps} as steps
from pairs p join agency l on l.unique_id = least(p.unique_id_l, p.unique_id_r)
  join force r on r.unique_id = greatest(p.unique_id_l, p.unique_id_r)
qualify row_number() over (partition by l.who, r.who order by p.match_weight desc, p.unique_id_l, p.unique_id_r) = 1
"""

RANKED = """
create or replace table verdict as
with ranked as (
  select *, row_number() over w as place, lead(bits) over w as next_bits, first_value(bits) over w as best_bits
  from best window w as (partition by record_id order by bits desc, person_id))
select record_id, person_id, bits, likelihood, place,
  case when caution <> '' then caution
    when likelihood < {join} then 'unsure'
    when bits - next_bits < {margin} then 'two_fit' else '' end as caution,
  steps
from ranked where place <= {most} and bits > best_bits - {behind}
"""


def steps(fields: Sequence[str]) -> str:
    """Return the SQL of a pair's working: for each field its level and its bits, as text."""
    parts = (f"'{field}=' || gamma_{field} || ':' || round({_bits(field)}, 2)" for field in fields)
    return "concat_ws(' ', " + ", ".join(parts) + ")"


def _bits(field: str) -> str:
    counted = any(compared.counted(field, level[0]) for level in compared.levels(field))
    return f"(mw_{field} + coalesce(mw_tf_adj_{field}, 0))" if counted else f"mw_{field}"


Step = tuple[str, str, str, float]


def read_steps(text: str) -> tuple[Step, ...]:
    """Return the working as (field, level, in words, bits), what says nothing left out, the weightiest first."""
    found = []
    for part in text.split():
        field, _, rest = part.partition("=")
        number, _, bits = rest.partition(":")
        if int(number) >= 0:
            known = compared.levels(field)
            name, _, words = known[len(known) - 1 - int(number)]
            found.append((field, name, words, float(bits)))
    return tuple(sorted(found, key=lambda step: -abs(step[3])))
