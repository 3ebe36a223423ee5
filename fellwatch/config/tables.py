"""Every table's row policy, gathered from the rooms."""

from fellwatch.assessments.access import TABLES as ASSESSMENTS
from fellwatch.communities.access import TABLES as COMMUNITIES
from fellwatch.contact.access import FLOOR as OF_CONTACT
from fellwatch.contact.access import TABLES as CONTACT
from fellwatch.duties.access import TABLES as DUTIES
from fellwatch.exchange.access import TABLES as EXCHANGE
from fellwatch.foundation.tables import TABLES as FOUNDATION
from fellwatch.handheld.access import TABLES as HANDHELD
from fellwatch.measures.access import TABLES as MEASURES
from fellwatch.meetings.access import FLOOR as OF_MEETINGS
from fellwatch.meetings.access import TABLES as MEETINGS
from fellwatch.orders.access import TABLES as ORDERS
from fellwatch.recognition.access import TABLES as RECOGNITION
from fellwatch.records.access import FLOOR as OF_RECORDS
from fellwatch.records.access import TABLES as RECORDS
from fellwatch.response.access import FLOOR as OF_RESPONSE
from fellwatch.response.access import TABLES as RESPONSE
from fellwatch.safeguarding.access import TABLES as SAFEGUARDING
from fellwatch.safeguarding.helping.access import TABLES as HELPING
from fellwatch.safeguarding.marac.access import FLOOR as OF_MARAC
from fellwatch.sharing.access import FLOOR as BARRING
from fellwatch.sharing.access import TABLES as SHARING
from fellwatch.surveys.access import TABLES as SURVEYS

TABLES = (
    *FOUNDATION,
    *RECORDS,
    *RECOGNITION,
    *DUTIES,
    *ASSESSMENTS,
    *SHARING,
    *EXCHANGE,
    *ORDERS,
    *MEETINGS,
    *COMMUNITIES,
    *CONTACT,
    *RESPONSE,
    *MEASURES,
    *SAFEGUARDING,
    *HELPING,
    *SURVEYS,
    *HANDHELD,
)
FLOOR = (*OF_RECORDS, *OF_CONTACT, BARRING, *OF_MEETINGS, *OF_RESPONSE, *OF_MARAC)
