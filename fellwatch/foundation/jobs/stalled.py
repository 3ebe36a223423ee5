"""Jobs whose worker died are given to another one."""

from procrastinate.contrib.django import app


@app.periodic(cron="* * * * *")
@app.task(name="jobs.rescue", queueing_lock="jobs.rescue", pass_context=False)
async def rescue(timestamp: int) -> None:
    """Put every job whose worker has stopped beating back into the queue. Every job may run twice without harm."""
    for job in await app.job_manager.get_stalled_jobs():
        await app.job_manager.retry_job(job)
