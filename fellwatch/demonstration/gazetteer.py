"""Invented names: districts, beats with their towns and villages, streets, houses and schools."""

from dataclasses import dataclass

FORCE = "X23000099"
FORCE_NAME = "Fellshire Police"
POSTCODE_AREA = "FZ"


@dataclass(frozen=True)
class Beat:
    """One town and the villages around it. `thousands` of people at 1×; `in_town` is the town's share."""

    town: str
    thousands: float
    in_town: float
    villages: tuple[str, ...]


@dataclass(frozen=True)
class District:
    """One of the six districts, in one of the three policing areas."""

    name: str
    area: str
    centre: tuple[float, float]
    beats: tuple[Beat, ...]


# Centres are (longitude, latitude) on the Dogger Bank, where the sea has covered the land for 8,000 years.
DISTRICTS = (
    District(
        "Northmarch",
        "north",
        (1.62, 55.78),
        (
            Beat("Carrowby", 38.6, 1.0, ()),
            Beat("Carrowby Quayside", 36.8, 0.95, ("Lannerfoot",)),
            Beat("Wexmoor", 17.2, 0.55, ("Hethermark", "Skelbeck", "Burrowmoss")),
            Beat("Lannerholm", 15.8, 0.6, ("Gillsyke", "Thrushcross Fell", "Uldermire")),
        ),
    ),
    District(
        "Hawdale",
        "north",
        (2.05, 55.48),
        (
            Beat("Hawkrigg", 17.6, 0.75, ("Sleetwath", "Ousterby")),
            Beat("Applethwick", 13.4, 0.55, ("Crosshow", "Millrakes", "Dufferdale")),
            Beat("Kirkfendrith", 11.8, 0.4, ("Ravenscleugh", "Winterset Fell", "Nentmoor")),
            Beat("Stainwath", 9.8, 0.35, ("Orrengill", "Tebbermoss", "Maulds Keld")),
        ),
    ),
    District(
        "Solmarsh",
        "west",
        (1.22, 55.58),
        (
            Beat("Wrackholm", 33.5, 0.85, ("Seatonmoor", "Flimbeck")),
            Beat("Merrowport", 22.4, 0.8, ("Dearfoot", "Crosscannon")),
            Beat("Wigmarsh", 19.7, 0.5, ("Abbeywath", "Silloughby", "Holmecleft")),
            Beat("Kestermouth", 21.6, 0.6, ("Braithmire", "Lortonhow", "Bassenfell")),
        ),
    ),
    District(
        "Skarrow Coast",
        "west",
        (1.14, 55.28),
        (
            Beat("Skarrow Haven", 26.9, 0.9, ("Partonscar",)),
            Beat("Egrewath", 14.5, 0.6, ("Cleatorholm", "Ennermoss")),
            Beat("Millomby", 14.0, 0.6, ("Haverscale", "Bootlemire")),
            Beat("Gosfendale", 13.0, 0.4, ("Seascarth", "Wastrigg", "Eskerdale Green")),
        ),
    ),
    District(
        "Ravenmere",
        "south",
        (1.72, 55.12),
        (
            Beat("Kendrith", 33.8, 0.85, ("Burnesyke", "Natlow")),
            Beat("Bownessby", 21.7, 0.55, ("Troutgill", "Hawksmere", "Amblewath")),
            Beat("Ulverbeck", 22.4, 0.65, ("Swarthgarth", "Bardholm")),
            Beat("Grangerigg Sands", 26.4, 0.5, ("Cartholme", "Levenswath", "Flookscar")),
        ),
    ),
    District(
        "Furnholm",
        "south",
        (1.34, 54.98),
        (
            Beat("Furnholm Docks", 24.8, 1.0, ()),
            Beat("Skelmoss", 18.9, 0.85, ("Rampscar",)),
            Beat("Daltonwath", 13.5, 0.8, ("Askermoor",)),
            Beat("Walnerby Island", 9.9, 0.7, ("Biggarscar",)),
        ),
    ),
)

LAKES = (
    "Carrowmere",
    "Fendrith Water",
    "Hawkmere",
    "Long Tarn",
    "Merrow Water",
    "Ravenmere",
    "Skelwater",
    "Uldermere",
    "Wastmere Deep",
)

STREET_FIRST = (
    "Tarn",
    "Fell",
    "Beck",
    "Ghyll",
    "Crag",
    "Howe",
    "Mire",
    "Heron",
    "Rowan",
    "Curlew",
    "Larch",
    "Bracken",
    "Heather",
    "Herdwick",
    "Raven",
    "Kestrel",
    "Lapwing",
    "Sheepfold",
    "Packhorse",
    "Drovers",
    "Slate",
    "Quarry",
    "Mill",
    "Weir",
    "Ferry",
    "Harbour",
    "Lighthouse",
    "Tannery",
    "Bobbin",
    "Foundry",
    "Smithy",
    "Orchard",
    "Damson",
    "Juniper",
    "Hazel",
    "Hawthorn",
    "Otter",
    "Char",
    "Plover",
    "Snowdrop",
    "Gorse",
    "Cairn",
    "Pike",
    "Scar",
    "Thwaite",
    "Keld",
    "Syke",
    "Nab",
    "Rigg",
    "Wath",
    "Moss",
    "Intake",
    "Bield",
    "Hogg",
    "Swaledown",
    "Lonning",
    "Priory",
    "Chapel",
    "Station",
    "Market",
)
STREET_SECOND = (
    "Row",
    "Lane",
    "Street",
    "Road",
    "Close",
    "Terrace",
    "Garth",
    "Rise",
    "Bank",
    "View",
    "Brow",
    "Croft",
    "Drive",
    "Avenue",
    "Fold",
    "Gate",
)
STREET_BEFORE = ("", "Upper ", "Lower ", "Old ", "West ", "East ", "Great ", "Little ", "High ", "Far ")
HOUSE_SECOND = ("Cottage", "House", "Farm", "Barn", "Lodge", "End", "Side", "Bungalow")
SCHOOL_KINDS = (
    "Primary School",
    "Infant School",
    "Junior School",
    "Community Primary School",
    "High School",
    "Academy",
)
