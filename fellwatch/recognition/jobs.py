"""The index's file is made anew when many have changed since."""

from procrastinate.contrib.django import app

from fellwatch.foundation.accounts import roles
from fellwatch.recognition import live, mapped

MOST_BESIDE = 3000


@app.periodic(cron="*/10 * * * *")
@app.task(name="recognition.renew_file", queueing_lock="recognition.renew_file", pass_context=False)
def renew_file(timestamp: int) -> None:
    """Build the file again, as the actor "recognition-index", once too many people stand beside it."""
    by = roles.system("recognition-index")
    if live.beside_file(by=by) > MOST_BESIDE:
        with mapped.building():
            mapped.write(by=by)
