"""How PostgreSQL comes by the plan of a statement that it is sent again and again."""

from django.db import connection


def keep() -> None:
    """Have every statement run by the one plan it has, whatever its values, until the transaction ends.

    For a transaction that finds its rows by their keys, where no other plan could be better. Left to itself PostgreSQL
    takes a plan made for the very list of ids at hand to be cheaper, and row policies make planning dear: it was a
    third of what a save cost the database.
    """
    with connection.cursor() as cursor:
        cursor.execute("set local plan_cache_mode = force_generic_plan")
