"""Run jobs, and write down what a job asks for in that job's own transaction."""

from procrastinate import PsycopgConnector
from procrastinate.connector import BaseConnector
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.contrib.django.utils import connector_params

AT_ONCE = 2


class Connector(PsycopgConnector):
    """Takes jobs up on connections of its own, and puts new ones down on the connection of whoever asks for them.

    Left to itself it does both on its own: a job asked for by a job was then taken up before what it is about had
    been committed, or although it was undone.
    """

    def get_sync_connector(self) -> BaseConnector:
        """Return the way by which running code asks for a job: Django's connection, in the transaction it is in."""
        connector: BaseConnector = DjangoConnector()
        return connector


def run(*, wait: bool = True) -> None:
    """Run jobs until stopped; without `wait`, until none is due."""
    with app.replace_connector(Connector(kwargs=connector_params())):
        # A job that went well has nothing to say that the log does not: only failures stay, to be looked at.
        app.run_worker(concurrency=AT_ONCE, delete_jobs="successful", wait=wait)
