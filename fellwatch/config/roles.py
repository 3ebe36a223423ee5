"""Every role of this installation and what it may do. A role is code: changing one is a reviewed commit."""

from fellwatch.assessments import access as assessments
from fellwatch.communities import access as communities
from fellwatch.contact import access as contact
from fellwatch.duties import access as duties
from fellwatch.exchange import access as exchange
from fellwatch.foundation.access import permissions as foundation
from fellwatch.foundation.accounts.roles import Role
from fellwatch.handheld import access as handheld
from fellwatch.measures import access as measures
from fellwatch.meetings import access as meetings
from fellwatch.orders import access as orders
from fellwatch.recognition import access as recognition
from fellwatch.records import access as records
from fellwatch.response import access as response
from fellwatch.safeguarding import access as safeguarding
from fellwatch.safeguarding.encompass import access as encompass
from fellwatch.safeguarding.helping import access as helping
from fellwatch.safeguarding.learning import access as learning
from fellwatch.safeguarding.marac import access as marac
from fellwatch.sharing import access as sharing
from fellwatch.surveys import access as surveys

_LOOK = frozenset(
    {
        records.READ,
        recognition.SEARCH,
        contact.READ,
        duties.READ,
        assessments.READ,
        response.READ,
        orders.READ,
    }
)
_REACH = frozenset({sharing.REACH, sharing.SAY_REACH})
_ANSWER = (
    _LOOK
    | _REACH
    | {
        records.WRITE,
        contact.LOG,
        contact.GRADE,
        duties.NOTE,
        assessments.WRITE,
        contact.ASK_ADVICE,
        contact.DETAIN,
        contact.NOTE_GAP,
        sharing.READ,
        sharing.REFER,
        safeguarding.RAISE,
        exchange.READ,
        exchange.SEND,
    }
)
_AT_THE_DOOR = (
    _LOOK
    | _REACH
    | {
        contact.ASK_ADVICE,
        contact.DETAIN,
        contact.NOTE_GAP,
        sharing.READ,
        safeguarding.RAISE,
        contact.ACT_ON_ADVICE,
        records.WRITE,
        duties.NOTE,
        assessments.WRITE,
        response.RESPOND,
        assessments.SETTLE,
        handheld.USE,
        orders.SERVE,
        orders.BAIL,
    }
)
_REFER_TO_MARAC = frozenset({sharing.READ, meetings.READ, meetings.BRING, marac.READ, marac.REFER, marac.PLACE})
_PARTNER = frozenset({sharing.RECEIVE, meetings.TAKE_PART, meetings.BRING, marac.REFER})
_CRIMES = _LOOK | {duties.NOTE, response.DECIDE_CRIME, measures.READ}
_REVIEW = (
    _LOOK
    | _REACH
    | {
        duties.NOTE,
        assessments.SECOND,
        safeguarding.READ,
        safeguarding.REVIEW,
        safeguarding.FIGURES,
        sharing.READ,
        surveys.READ,
        surveys.SETTLE,
        surveys.CODE,
    }
)

ROLES = (
    Role("call_taker", "Call taker", "contact:board", _ANSWER),
    Role(
        "control_supervisor",
        "Control-room supervisor",
        "contact:supervise",
        _ANSWER
        | {
            records.RESTRICT,
            contact.CONFIRM_DOWNGRADE,
            contact.SUPERVISE,
            contact.LISTEN,
            duties.WAIVE,
            foundation.SEE_JOBS,
            assessments.SETTLE,
            handheld.MANAGE,
            exchange.DECIDE,
        },
    ),
    Role(
        "help_desk",
        "Safeguarding help desk",
        "contact:desk",
        _ANSWER
        | {records.RESTRICT, contact.ADVISE, contact.LISTEN, exchange.DECIDE}
        | {helping.READ, helping.ANSWER, helping.REPORT},
    ),
    Role(
        "response_officer",
        "Response officer",
        "cards:day",
        _AT_THE_DOOR,
    ),
    Role(
        "response_supervisor",
        "Response supervisor",
        "response:review",
        _AT_THE_DOOR | {assessments.REVIEW, response.SUPERVISE, duties.WAIVE, handheld.MANAGE, measures.READ},
    ),
    Role(
        "records_reviewer",
        "Records reviewer",
        "communities:overview",
        frozenset({records.READ, records.WRITE, records.COMBINE, recognition.SEARCH, communities.READ}),
    ),
    Role("crime_recorder", "Crime recorder", "response:crimes", _CRIMES),
    Role("crime_registrar", "Force crime registrar", "response:crimes", _CRIMES | {response.REFUSE_CRIME}),
    Role(
        "helpline_adviser",
        "Mental-health helpline adviser",
        "contact:helpline",
        frozenset({contact.HELPLINE, contact.NOTE_GAP}),
    ),
    Role("partner", "Partner agency", "portal:inbox", _PARTNER),
    Role("partner_lead", "Partner agency's lead", "portal:inbox", _PARTNER | {sharing.LEAD}),
    Role(
        "safeguarding_officer",
        "Safeguarding officer",
        "safeguarding:cases",
        _LOOK
        | {
            records.WRITE,
            duties.NOTE,
            orders.WRITE,
            safeguarding.READ,
            safeguarding.WRITE,
            exchange.READ,
            exchange.SEND,
            exchange.DECIDE,
        }
        | _REFER_TO_MARAC
        | _REACH
        | {learning.READ, encompass.TELL},
    ),
    Role(
        "marac_coordinator",
        "MARAC coordinator",
        "safeguarding:marac",
        _LOOK
        | _REFER_TO_MARAC
        | _REACH
        | {
            records.WRITE,
            records.IDENTIFY,
            marac.WRITE,
            meetings.ARRANGE,
            meetings.CHAIR,
            learning.READ,
            learning.PUBLISH,
        },
    ),
    Role(
        "marac_chair",
        "MARAC chair",
        "safeguarding:marac",
        _LOOK | {sharing.READ, sharing.REACH, meetings.READ, meetings.CHAIR, marac.READ, marac.PLACE, learning.READ},
    ),
    Role("safeguarding_reviewer", "Safeguarding reviewer", "safeguarding:review", _REVIEW),
    Role(
        "safeguarding_supervisor",
        "Safeguarding supervisor",
        "safeguarding:review",
        _REVIEW | {assessments.PROMPT, duties.WAIVE, measures.READ, surveys.CHOOSE},
    ),
    Role("surveyor", "Surveyor of victims", "portal:surveys", frozenset({surveys.ASK})),
    Role("school_lead", "School's safeguarding lead", "portal:schools", frozenset({encompass.RECEIVE})),
    Role("education_officer", "Education officer", "portal:schools", frozenset({encompass.RECEIVE, encompass.NAME})),
    Role(
        "superintendent",
        "Superintendent",
        "safeguarding:cases",
        _LOOK
        | {
            safeguarding.FIGURES,
            surveys.READ,
            sharing.READ,
            measures.READ,
            duties.NOTE,
            duties.WAIVE,
            orders.WRITE,
            safeguarding.READ,
            safeguarding.INSPECTOR,
            safeguarding.SUPERINTENDENT,
        },
    ),
    Role(
        "mash_coordinator",
        "MASH coordinator",
        "safeguarding:hub",
        _LOOK
        | _REACH
        | {
            records.WRITE,
            records.IDENTIFY,
            duties.NOTE,
            sharing.READ,
            sharing.REFER,
            sharing.MANAGE,
            safeguarding.RAISE,
            safeguarding.HUB,
        },
    ),
    Role("auditor", "Auditor", "shell:log", frozenset({foundation.READ_LOG, foundation.VERIFY_LOG})),
    Role(
        "data_manager",
        "Data manager",
        "shell:imports",
        frozenset(
            {
                records.READ,
                records.LOAD,
                measures.LOAD,
                contact.LOAD,
                foundation.IMPORT,
                foundation.SEE_JOBS,
                communities.READ,
                communities.LINK,
                handheld.MANAGE,
                encompass.LOAD,
            }
        ),
    ),
    Role(
        "system",
        "The service itself",
        "shell:home",
        _ANSWER
        | {
            records.LOAD,
            contact.LOAD,
            foundation.IMPORT,
            foundation.COUNT,
            foundation.ACCOUNTS,
            duties.RUN,
            sharing.CARRY,
            exchange.CARRY,
            sharing.MANAGE,
            meetings.CARRY,
            meetings.READ,
            meetings.BRING,
            meetings.ARRANGE,
            marac.READ,
            marac.REFER,
            marac.PLACE,
            marac.WRITE,
            helping.TAKE,
            surveys.CARRY,
            orders.RUN,
            recognition.INDEX,
            communities.LINK,
            handheld.ANSWER,
            response.RESPOND,
            response.DECIDE_CRIME,
            measures.LOAD,
            encompass.TELL,
            encompass.LOAD,
            encompass.RUN,
        },
    ),
)
