"""The settings that Splink is given, and the weights that it learns from the data itself."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from splink import Linker

from fellwatch.recognition.linkage import compared
from fellwatch.rules.linkage import Policy

Weights = Mapping[str, Mapping[str, tuple[float, float]]]  # field → level → how often same, how often strangers
FIELDS = ("forename", "surname", "date_of_birth", "household", "identifier", "sex")


@dataclass(frozen=True)
class Settings:
    """How to link. From `join` up a pair is joined, under `split` it is not looked at; between, a person decides.

    `others` are further text columns that both files have. `wide` looks at many more pairs: for small poor files.
    Without `weights` they are learned from the files.
    """

    join: float = 0.99
    split: float = 0.2
    margin: float = 4.0
    held: float = 0.4
    fields: Sequence[str] = FIELDS
    others: Sequence[str] = ()
    wide: bool = False
    weights: Weights = field(default_factory=dict)
    seed: int = 1
    training_pairs: int = 1_000_000


def of(policy: Policy, *, train: bool = False) -> Settings:
    """Return the settings that the rulebook's policy asks for; to train is to leave its weights aside."""
    weights = {} if train else policy.weights
    return Settings(policy.join, policy.split, policy.margin, policy.held, weights=weights)


def splink_settings(
    settings: Settings, link_type: Literal["link_only", "dedupe_only"], like: str, *, people: int = 0
) -> dict[str, Any]:
    """Return the settings as Splink reads them. `like` is the dialect's name of Jaro-Winkler similarity.

    With `people` given, the chance that a random pair is one person is the share held over so many.
    """
    return {
        "link_type": link_type,
        "unique_id_column_name": "unique_id",
        "comparisons": [_comparison(field, settings, like) for field in (*settings.fields, *settings.others)],
        "blocking_rules_to_generate_predictions": list(compared.pairs(settings.others, wide=settings.wide)),
        "retain_matching_columns": True,  # without it Splink keeps no levels to explain a pair by
        "retain_intermediate_calculation_columns": True,
        "probability_two_random_records_match": settings.held / people if people else 0.0001,
        "em_convergence": 0.001,
        "max_iterations": 20,
    }


def _comparison(field: str, settings: Settings, like: str) -> dict[str, Any]:
    null = {"sql_condition": compared.unknown(field), "label_for_charts": "unknown", "is_null_level": True}
    rest = [_level(field, level, settings, like) for level in compared.levels(field)]
    return {"output_column_name": field, "comparison_levels": [null, *rest]}


def _level(field: str, level: compared.Level, settings: Settings, like: str) -> dict[str, Any]:
    name, condition, _ = level
    made: dict[str, Any] = {"sql_condition": condition.format(like=like), "label_for_charts": name}
    if counted := compared.counted(field, name):
        made["tf_adjustment_column"] = counted
        made["tf_minimum_u_value"] = 0.00001
    if known := settings.weights.get(field, {}).get(name):
        made["m_probability"], made["u_probability"] = known
    return made


def train(linker: Linker, settings: Settings) -> None:
    """Learn every weight: strangers from random pairs, the same person by expectation and maximisation."""
    training = linker.training
    training.estimate_probability_two_random_records_match([compared.SURE], recall=0.6)
    training.estimate_u_using_random_sampling(max_pairs=settings.training_pairs, seed=settings.seed)
    for rule in compared.TRAINED_ON:
        training.estimate_parameters_using_expectation_maximisation(rule, max_pairs=settings.training_pairs)


def learned(linker: Linker) -> Weights:
    """Return the weights that a linker holds, by field and level."""
    kept = linker.misc.save_model_to_json()
    return {
        comparison["output_column_name"]: {
            level["label_for_charts"]: (level["m_probability"], level["u_probability"])
            for level in comparison["comparison_levels"]
            if "m_probability" in level and "u_probability" in level
        }
        for comparison in kept["comparisons"]
    }
