"""Splink with the settings its authors publish for the historical figures: the peer of our batch linkage."""

from pathlib import Path
from time import perf_counter

import duckdb
import splink.comparison_library as cl
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

THRESHOLD = 0.95


def dedupe(file: Path) -> tuple[dict[str, str], float]:
    """Return the cluster of each record, and how long it took in seconds, training included."""
    began = perf_counter()
    con = duckdb.connect()
    con.execute("set threads to 2")
    con.execute(
        f"create table figures as select *, first_name || ' ' || surname as first_name_surname_concat from '{file}'"
    )
    api = DuckDBAPI(con)
    linker = Linker(api.register("figures", dataset_display_name="historical"), _settings(), log_level=None)
    training = linker.training
    sure = [
        "l.first_name = r.first_name and l.surname = r.surname and l.dob = r.dob",
        "substr(l.first_name, 1, 2) = substr(r.first_name, 1, 2) and l.surname = r.surname "
        "and substr(l.postcode_fake, 1, 2) = substr(r.postcode_fake, 1, 2)",
        "l.dob = r.dob and l.postcode_fake = r.postcode_fake",
    ]
    training.estimate_probability_two_random_records_match(sure, recall=0.6)  # type: ignore[arg-type]
    training.estimate_u_using_random_sampling(max_pairs=5e6, seed=1)
    for blocked in (block_on("first_name", "surname"), block_on("dob")):
        training.estimate_parameters_using_expectation_maximisation(blocked)
    pairs = linker.inference.predict(threshold_match_probability=0.01)
    clusters = linker.clustering.cluster_pairwise_predictions_at_threshold(pairs, THRESHOLD)
    rows = con.execute(f"select unique_id, cluster_id from {clusters.physical_name}").fetchall()
    return dict(rows), perf_counter() - began


def _settings() -> SettingsCreator:
    return SettingsCreator(
        link_type="dedupe_only",
        blocking_rules_to_generate_predictions=[
            block_on("substr(first_name, 1, 3)", "substr(surname, 1, 4)"),
            block_on("surname", "dob"),
            block_on("first_name", "dob"),
            block_on("postcode_fake", "first_name"),
            block_on("postcode_fake", "surname"),
            block_on("dob", "birth_place"),
            block_on("substr(postcode_fake, 1, 3)", "dob"),
            block_on("substr(postcode_fake, 1, 3)", "first_name"),
            block_on("substr(postcode_fake, 1, 3)", "surname"),
            block_on("substr(first_name, 1, 2)", "substr(surname, 1, 2)", "substr(dob, 1, 4)"),
        ],
        comparisons=[
            cl.ForenameSurnameComparison(
                "first_name", "surname", forename_surname_concat_col_name="first_name_surname_concat"
            ),
            cl.DateOfBirthComparison("dob", input_is_string=True),
            cl.PostcodeComparison("postcode_fake"),
            cl.ExactMatch("birth_place").configure(term_frequency_adjustments=True),
            cl.ExactMatch("occupation").configure(term_frequency_adjustments=True),
        ],
    )
