"""Who can be signed in as with one click in demonstration mode, and colleagues who took the year's calls."""

from dataclasses import dataclass

from fellwatch.demonstration.gazetteer import FORCE
from fellwatch.demonstration.identifiers import named


@dataclass(frozen=True)
class SignIn:
    """An account of the demonstration."""

    username: str
    full_name: str
    role: str
    team: str
    compartments: tuple[str, ...] = ()
    agency: str = FORCE

    @property
    def id(self) -> str:
        """Return the account's fixed identifier."""
        return named(f"sign-in/{self.username}")


ACCOUNTS = (
    SignIn("alice", "Alice Beck", "call_taker", "control room"),
    SignIn("bob", "Bob Tarn", "control_supervisor", "control room", ("restricted",)),
    SignIn("hugh", "Hugh Garth", "help_desk", "safeguarding help desk", ("restricted", "covert")),
    SignIn("rosa", "Rosa Pike", "response_officer", "south response"),
    SignIn("noor", "Noor Sedge", "helpline_adviser", "mental-health helpline", agency="Fellshire County Council"),
    SignIn("ben", "Ben Syke", "response_officer", "south response"),
    SignIn("sam", "Sam Force", "response_supervisor", "south response"),
    SignIn("nadia", "Nadia Croft", "safeguarding_officer", "protective powers", ("restricted",)),
    SignIn("vera", "Vera Stang", "superintendent", "duty superintendents", ("restricted",)),
    SignIn("gwen", "Gwen Bield", "safeguarding_reviewer", "central safeguarding team", ("restricted",)),
    SignIn("theo", "Theo Lonning", "safeguarding_supervisor", "central safeguarding team", ("restricted",)),
    SignIn("ivy", "Ivy Wath", "crime_recorder", "crime recording"),
    SignIn("ada", "Ada Nab", "crime_registrar", "crime recording"),
    SignIn("dana", "Dana Crag", "partner", "advocates", agency="larch-refuge"),
    SignIn("maya", "Maya Grange", "mash_coordinator", "safeguarding hub", ("restricted",)),
    SignIn("cora", "Cora Bield", "partner_lead", "children's social care", agency="fellshire-children"),
    SignIn("otis", "Otis Wath", "partner_lead", "adult social care", agency="fellshire-adults"),
    SignIn("heath", "Heath Lonning", "partner", "safeguarding nurses", agency="fellshire-health"),
    SignIn("grace", "Grace Birk", "marac_coordinator", "safeguarding", ("restricted",)),
    SignIn("ewan", "Ewan Scar", "marac_chair", "safeguarding", ("restricted",)),
    SignIn("ida", "Ida Fleet", "partner", "advisers", agency="larch-refuge"),
    SignIn("lee", "Lee Moor", "partner", "tenancies", agency="fells-homes"),
    SignIn("sylvie", "Sylvie Rowan", "surveyor", "surveys", agency="plain-questions"),
    SignIn("tamsin", "Tamsin Gill", "surveyor", "counsellors", agency="linden-centre"),
    SignIn("peggy", "Peggy Lowther", "school_lead", "school", agency="school-of-the-story"),
    SignIn("una", "Una Force", "education_officer", "education team", agency="education-fellshire"),
    SignIn("erin", "Erin Howe", "auditor", "audit"),
    SignIn("rita", "Rita Holme", "records_reviewer", "information management"),
    SignIn("mina", "Mina Fold", "data_manager", "information management"),
)

SIGN_INS = tuple((account.full_name, account.role) for account in ACCOUNTS)

_COLLEAGUES = (
    "Gita Howe, Hal Pike, Ines Crag, Joe Fell, Kit Tarn, Lena Wath, Mo Rigg, Nia Syke, Owen Nab, Pat Garth, "
    "Quin Lonning, Ruth Holme, Sol Bield, Tess Cairn, Una Force"
)
CALL_TAKERS = (
    (ACCOUNTS[0].id, ACCOUNTS[0].full_name),
    *((named(f"staff/{name}"), name) for name in _COLLEAGUES.split(", ")),
)
