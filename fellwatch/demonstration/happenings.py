"""What happens in the county: each kind of incident with its share, its hours, its people and its words.

Every code is one of `rulebook/vocabularies`; a test holds them to it. A case is a way the kind can go.
"""

from dataclasses import dataclass, field
from enum import StrEnum


class Cast(StrEnum):
    """Who is in it."""

    DOMESTIC = "two who are or were partners, and the children there"
    MISSING = "somebody missing and whoever reports it"
    AT_RISK = "somebody at risk and whoever reports it"
    CRIME = "a victim who usually rings, sometimes a suspect"
    CALLER = "whoever rings"
    NOBODY = "nobody named"


@dataclass(frozen=True, eq=False)
class Case:
    """One way it goes: how often, what the caller says, what is dangerous, what is wrong for whom."""

    weight: float
    summary: str
    dangers: dict[str, str] = field(default_factory=dict)
    qualifiers: tuple[str, ...] = ()
    vulnerabilities: tuple[str, ...] = ()
    crime: bool = False
    attend: bool = True

    @property
    def urgent(self) -> bool:
        """Say whether anything was said to be dangerous."""
        return "yes" in self.dangers.values()


@dataclass(frozen=True, eq=False)
class Kind:
    """A kind of incident. Its share is against other kinds; nights and weekends say how much commoner then.

    Domestic and missing are as many as the shape says; the others share what is left.
    """

    code: str
    share: float
    cast: Cast
    cases: tuple[Case, ...]
    nights: float = 1.0
    weekends: float = 1.0
    summers: float = 1.0
    home: float = 0.7
    """How often it happens at somebody's home rather than in a street."""


def _now(**dangers: str) -> dict[str, str]:
    return {"threat_to_life": "no", "in_progress": "yes", **dangers}


OVER = {"threat_to_life": "no", "in_progress": "no", "violence": "no", "weapon": "no", "injury": "no"}

KINDS = (
    Kind(
        "domestic_incident", 7937, Cast.DOMESTIC, nights=2.6, weekends=1.5, summers=1.1, home=1.0,
        cases=(
            Case(3.0, "Argument at home, shouting and things thrown. Wants the other person to leave.",
                 _now(violence="no", weapon="no", suspect_present_or_returning="yes"), ("domestic_abuse",),
                 ("domestic_abuse",)),
            Case(2.2, "Grabbed and pushed by partner, who is still in the house.",
                 _now(violence="yes", weapon="no", suspect_present_or_returning="yes"),
                 ("domestic_abuse", "alcohol"),
                 ("domestic_abuse",), crime=True),
            Case(0.5, "Threatened with a kitchen knife by former partner.",
                 _now(violence="yes", weapon="yes", suspect_present_or_returning="yes"),
                 ("domestic_abuse", "weapons"), ("domestic_abuse", "coercive_control"), crime=True),
            Case(2.5, "Former partner keeps ringing and sending messages after being told to stop.",
                 OVER, ("domestic_abuse", "online"), ("domestic_abuse", "stalking"), crime=True),
            Case(1.4, "Assaulted last night by partner; marks on arm. Alone now.",
                 {**OVER, "injury": "yes"}, ("domestic_abuse",), ("domestic_abuse",), crime=True),
            Case(1.6, "Dispute over seeing the children. Nobody hurt.", OVER, ("domestic_abuse",), ()),
            Case(0.8, "Partner wants money and is breaking things.",
                 _now(violence="no", weapon="no", suspect_present_or_returning="yes"),
                 ("domestic_abuse", "drugs"),
                 ("domestic_abuse", "financial"), crime=True),
        ),
    ),
    Kind(
        "missing_person", 3339, Cast.MISSING, nights=1.3, weekends=1.1, summers=1.1, home=1.0,
        cases=(
            Case(5, "Did not come home when expected and is not answering the phone.", OVER, (),
                 ("missing",)),
            Case(3, "Left after an argument; has done so before.", OVER, ("youth",), ("missing", "child")),
            Case(2, "Walked out and left a note. Family very worried.",
                 {**OVER, "threat_to_life": "yes"}, ("mental_health",), ("missing", "suicidal")),
            Case(1, "Gets confused and has wandered off without a coat.", OVER, ("vulnerable",),
                 ("missing", "dementia", "older")),
        ),
    ),
    Kind(
        "concern_for_safety", 12400, Cast.AT_RISK, nights=1.1, home=0.9,
        cases=(
            Case(4, "Neighbour not seen for days; post piling up.", OVER, ("vulnerable",),
                 ("older", "isolated")),
            Case(3, "Relative cannot get an answer by phone or at the door.", OVER, (), ()),
            Case(2, "Collapsed in the street, ambulance asked for help.",
                 _now(injury="yes"), (), ("serious_illness",)),
            Case(1, "Child seen alone in the garden late at night.", _now(children_present="yes"), ("youth",),
                 ("child",)),
        ),
    ),
    Kind(
        "mental_health_incident", 4700, Cast.AT_RISK, nights=1.4, home=0.8,
        cases=(
            Case(4, "Hearing voices and very frightened. No threat to anyone else.",
                 OVER, ("mental_health",), ("mental_health",)),
            Case(2, "Says they will take all their tablets tonight.",
                 {**OVER, "threat_to_life": "yes", "in_progress": "yes"}, ("mental_health",),
                 ("suicidal", "mental_health")),
            Case(2, "Shouting in the street, in distress.", _now(violence="no"), ("mental_health",),
                 ("mental_health",)),
        ),
    ),
    Kind(
        "violence", 7200, Cast.CRIME, nights=2.4, weekends=1.9, home=0.35,
        cases=(
            Case(3, "Fight outside a pub. One person with a cut head.",
                 _now(violence="yes", injury="yes"), ("alcohol",), (), crime=True),
            Case(3, "Punched earlier by somebody known. No hospital needed.", OVER, (), (), crime=True),
            Case(1, "Man seen with a blade, making threats.",
                 _now(violence="yes", weapon="yes", suspect_present_or_returning="yes"), ("weapons",), (),
                 crime=True),
            Case(1, "Teenager hit by a group after school.", OVER, ("youth",), ("child",), crime=True),
        ),
    ),
    Kind(
        "sexual_offence", 1150, Cast.CRIME, nights=1.4, weekends=1.3, home=0.7,
        cases=(
            Case(3, "Wants to report something that happened some time ago.", OVER, (), ("sexual_abuse",),
                 crime=True),
            Case(1, "Attacked tonight on the way home.",
                 {**OVER, "in_progress": "no", "injury": "yes"}, (), ("sexual_abuse",), crime=True),
            Case(1, "Parent worried about messages on a child's phone.", OVER,
                 ("online", "child_exploitation"),
                 ("child", "child_exploitation"), crime=True),
        ),
    ),
    Kind(
        "stalking_harassment", 2900, Cast.CRIME, home=0.9,
        cases=(
            Case(3, "Unwanted messages every day from somebody known.", OVER, ("online",), ("stalking",),
                 crime=True),
            Case(1, "Same car outside the house for a third night.",
                 _now(suspect_present_or_returning="yes", violence="no"), (), ("stalking",), crime=True),
        ),
    ),
    Kind(
        "asb_personal", 2800, Cast.CRIME, nights=1.5, weekends=1.2, summers=1.2, home=0.9,
        cases=(
            Case(3, "Neighbour banging on the wall and shouting abuse again.", _now(violence="no"),
                 ("repeat",),
                 ("repeat_victim",)),
            Case(1, "Youths throwing stones at one particular window.", _now(violence="no"), ("youth",),
                 ("older",)),
        ),
    ),
    Kind(
        "asb_nuisance", 9300, Cast.CALLER, nights=1.8, weekends=1.5, summers=1.4, home=0.4,
        cases=(
            Case(3, "Loud music and drinking by the lake.", _now(violence="no"), ("alcohol",), (),
                 attend=False),
            Case(3, "Group of young people kicking at shop shutters.", _now(violence="no"), ("youth",), ()),
            Case(2, "Off-road motorbikes on the fell path.", _now(violence="no"), (), ()),
        ),
    ),
    Kind(
        "asb_environmental", 1000, Cast.CALLER, summers=1.3, home=0.2,
        cases=(Case(1, "Rubbish and fires left at a lay-by.", OVER, (), (), attend=False),),
    ),
    Kind(
        "theft", 6900, Cast.CRIME, weekends=1.1, summers=1.15, home=0.4,
        cases=(
            Case(3, "Purse taken from a bag in a café.", OVER, (), (), crime=True, attend=False),
            Case(2, "Shoplifter detained by staff.", _now(violence="no", suspect_present_or_returning="yes"),
                 (), (),
                 crime=True),
            Case(1, "Quad bike stolen from a farm overnight.", OVER, (), (), crime=True),
        ),
    ),
    Kind(
        "burglary_home", 1500, Cast.CRIME, nights=1.2, home=1.0,
        cases=(
            Case(4, "Came home to find the back door forced.", OVER, (), (), crime=True),
            Case(1, "Somebody downstairs now.", _now(suspect_present_or_returning="yes", violence="no"), (),
                 ("isolated",), crime=True),
        ),
    ),
    Kind("burglary_business", 900, Cast.CALLER, nights=2.0, home=0.1, cases=(
        Case(1, "Shop window smashed and till taken.", OVER, (), (), crime=True),)),
    Kind(
        "vehicle_crime", 1900, Cast.CRIME, nights=1.3, summers=1.3, home=0.6,
        cases=(Case(1, "Car window broken and rucksack gone at a fell car park.", OVER, (), (), crime=True,
                    attend=False),),
    ),
    Kind(
        "criminal_damage", 4300, Cast.CRIME, nights=1.6, weekends=1.3, home=0.7,
        cases=(Case(3, "Wing mirror kicked off overnight.", OVER, (), (), crime=True, attend=False),
               Case(1, "Smashing windows at the house now.",
                    _now(violence="no", suspect_present_or_returning="yes"), ("alcohol",), (), crime=True)),
    ),
    Kind("fraud", 1500, Cast.CRIME, home=1.0, cases=(
        Case(1, "Rung by somebody who said they were the bank; money sent.", OVER, ("online",),
             ("financial", "older"),
             crime=True, attend=False),)),
    Kind("drugs", 1200, Cast.CALLER, nights=1.3, home=0.5, cases=(
        Case(2, "Strong smell and many short visits next door.", OVER, ("drugs",), (), crime=True,
             attend=False),
        Case(1, "Says strangers have taken over a neighbour's flat.", OVER, ("drugs",), ("cuckooing",),
             crime=True))),
    Kind("public_order", 4800, Cast.CALLER, nights=2.4, weekends=2.0, summers=1.2, home=0.1, cases=(
        Case(3, "Drunk man shouting at people outside the station.", _now(violence="no"), ("alcohol",), ()),
        Case(1, "Large group squaring up to each other.", _now(violence="yes"), ("alcohol",), (),
             crime=True))),
    Kind("hate_incident", 600, Cast.CRIME, home=0.5, cases=(
        Case(1, "Shouted at in the street because of where the family is from.", OVER, ("hate_race",),
             ("hate_target",)),
        Case(1, "Mocked and followed because of a disability.", OVER, ("hate_disability",),
             ("hate_target", "physical_disability")))),
    Kind("road_collision_injury", 2100, Cast.CALLER, weekends=1.2, summers=1.4, home=0.0, cases=(
        Case(1, "Two cars collided on a bend; one driver trapped.", _now(threat_to_life="yes", injury="yes"),
             (), ()),
        Case(2, "Cyclist knocked off and hurt.", _now(injury="yes"), (), ()))),
    Kind("road_collision_damage", 6900, Cast.CALLER, summers=1.3, home=0.0, cases=(
        Case(1, "Bumped in a narrow lane; details exchanged.", OVER, (), (), attend=False),)),
    Kind("road_offence", 5600, Cast.CALLER, weekends=1.2, summers=1.2, home=0.0, cases=(
        Case(2, "Car driven badly on the coast road.", _now(violence="no"), (), (), attend=False),
        Case(1, "Driver seems drunk.", _now(violence="no"), ("alcohol",), ()))),
    Kind("highway_disruption", 7400, Cast.CALLER, summers=1.2, home=0.0, cases=(
        Case(2, "Sheep on the road again.", _now(violence="no"), (), ()),
        Case(1, "Tree down across both lanes.", _now(violence="no"), (), ()))),
    Kind("suspicious", 6400, Cast.CALLER, nights=1.8, home=0.6, cases=(
        Case(1, "Van going slowly round the estate, lights off.", _now(violence="no"), (), ()),)),
    Kind("abandoned_call", 5900, Cast.NOBODY, nights=1.3, weekends=1.1, home=0.2, cases=(
        Case(4, "Line open, nothing heard; no answer on ringing back.", {}, (), (), attend=False),
        Case(1, "Crying heard, then the line went dead.", {"in_progress": "not_known"}, (), ()))),
    Kind("hoax_call", 500, Cast.NOBODY, home=0.1, cases=(
        Case(1, "Children laughing on the line.", OVER, ("youth",), (), attend=False),)),
    Kind("civil_dispute", 2100, Cast.CALLER, home=1.0, cases=(
        Case(1, "Row with a neighbour over a boundary wall.", OVER, (), (), attend=False),)),
    Kind("animals", 2400, Cast.CALLER, summers=1.3, home=0.1, cases=(
        Case(1, "Dog loose among lambs.", _now(violence="no"), (), ()),)),
    Kind("sudden_death", 1100, Cast.CALLER, home=1.0, cases=(
        Case(1, "Found in bed by a carer this morning.", OVER, (), ("bereaved",)),)),
    Kind("alarm", 1900, Cast.NOBODY, nights=1.4, home=0.3, cases=(
        Case(1, "Intruder alarm, two zones.", {}, (), ()),)),
    Kind("bail_or_order", 700, Cast.CRIME, nights=1.3, home=1.0, cases=(
        Case(1, "Has come to the house against his conditions.",
             _now(suspect_present_or_returning="yes", violence="no"), ("domestic_abuse",),
             ("domestic_abuse",),
             crime=True),)),
    Kind("wanted_person", 900, Cast.CALLER, home=0.3, cases=(
        Case(1, "Seen going into a flat.", OVER, (), ()),)),
    Kind("lost_found_property", 4600, Cast.CALLER, summers=1.4, home=0.0, cases=(
        Case(1, "Rucksack handed in at the boat landing.", OVER, (), (), attend=False),)),
    Kind("assist_other_agency", 2800, Cast.AT_RISK, home=0.8, cases=(
        Case(1, "Ambulance crew want company at an address.", OVER, (), ()),)),
    Kind("message", 4200, Cast.CALLER, home=0.5, cases=(
        Case(1, "Wants the officer in the case to ring back.", OVER, (), (), attend=False),)),
)  # fmt: skip

CHANNELS = {
    "emergency": (("999", 0.86), ("101", 0.06), ("officer", 0.05), ("partner", 0.03)),
    "other": (
        ("101", 0.62),
        ("999", 0.16),
        ("online", 0.12),
        ("front_desk", 0.03),
        ("partner", 0.04),
        ("officer", 0.03),
    ),
}
