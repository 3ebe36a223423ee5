"""Every background task of every room, for the queue to find."""

IMPORT_PATHS = [
    "fellwatch.contact.jobs",
    "fellwatch.communities.jobs",
    "fellwatch.duties.jobs",
    "fellwatch.exchange.jobs",
    "fellwatch.foundation.imports.jobs",
    "fellwatch.foundation.jobs.stalled",
    "fellwatch.meetings.jobs",
    "fellwatch.orders.jobs",
    "fellwatch.recognition.jobs",
    "fellwatch.response.jobs",
    "fellwatch.safeguarding.jobs",
    "fellwatch.safeguarding.encompass.jobs",
    "fellwatch.sharing.jobs",
    "fellwatch.safeguarding.marac.jobs",
    "fellwatch.surveys.jobs",
]
