"""`fellwatch exchange`: this installation's key, and the forces it exchanges with."""

import click

from fellwatch.cli.django_setup import ready


@click.group()
def exchange() -> None:
    """Other forces: this installation's key, and theirs."""


@exchange.command()
def key() -> None:
    """Make the key this installation signs with, where there is none, and print its public half."""
    ready()
    from django.conf import settings

    from fellwatch.exchange import keys

    path = settings.FELLWATCH_EXCHANGE_KEY
    if path.exists():
        raise click.ClickException(
            "There is a key already. To replace it, move it away and give every force the new one."
        )
    click.echo(keys.make(path))


@exchange.command()
def show() -> None:
    """Print what another force needs to exchange with us: code, name, public key and its fingerprint."""
    ready()
    from django.conf import settings

    from fellwatch.exchange import keys

    try:
        public = keys.text_of(keys.own().public_key())
    except keys.NoKey as wrong:
        raise click.ClickException(str(wrong)) from wrong
    click.echo(f"force: {settings.FELLWATCH_FORCE}\nname: {settings.FELLWATCH_FORCE_NAME}\nkey: {public}")
    click.echo(f"fingerprint: {keys.fingerprint(public)}\nRead the fingerprint to them by telephone.")


@exchange.command("peers")
def peers() -> None:
    """List the forces we exchange with."""
    ready()
    from fellwatch.exchange import queries
    from fellwatch.exchange.jobs import ACTOR
    from fellwatch.foundation.accounts import roles

    for one in queries.peers(by=roles.system(ACTOR)):
        how = one.address if one.connected else "secure mail only"
        click.echo(f"{one.force}  {one.name}  {how}  {', '.join(one.fingerprints)}")


@exchange.command("add")
@click.argument("force")
@click.option("--name", required=True)
@click.option("--address", default="", help="Where its installation answers, https://…")
@click.option("--key", "public", default="", help="Its public key, as its `fellwatch exchange show` prints it.")
@click.option("--mail", default="", help="Its secure mailbox, for when its installation cannot be reached.")
@click.option("--telephone", default="", help="Whom to ring there, day and night.")
def add(force: str, name: str, address: str, public: str, mail: str, telephone: str) -> None:
    """Exchange with FORCE, or correct what is known of it. Its newest two keys are taken."""
    ready()
    from fellwatch.exchange import actions
    from fellwatch.exchange.jobs import ACTOR
    from fellwatch.exchange.values import Invalid
    from fellwatch.foundation.accounts import roles

    try:
        actions.add_peer(
            force, name, address=address, key=public, mail=mail, telephone=telephone, by=roles.system(ACTOR)
        )
    except Invalid as wrong:
        raise click.ClickException(" ".join(wrong.problems.values())) from wrong
    click.echo(f"{name} can be handed over to{'' if address and public else ' by secure mail'}.")


@exchange.command()
@click.argument("force")
def close(force: str) -> None:
    """Stop exchanging with FORCE: from now its messages are turned away."""
    ready()
    from fellwatch.exchange import actions
    from fellwatch.exchange.jobs import ACTOR
    from fellwatch.foundation.accounts import roles

    if not actions.close_peer(force, by=roles.system(ACTOR)):
        raise click.ClickException("There is no such force, or it was closed before.")
    click.echo("Closed.")
