"""A force begins: an empty installation, its first accounts, a passkey, the force's own sign-in, and a leaver."""

import os

import pytest

from tests.journeys.conftest import Person, running
from tests.vouching import Provider

pytestmark = pytest.mark.journey
PHRASE = "four herons over the tarn"
KEY = {
    "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
    "isUserVerified": True, "automaticPresenceSimulation": True,
}  # fmt: skip


@pytest.fixture(scope="module")
def provider():
    one = Provider()
    yield one
    one.close()


@pytest.fixture(scope="module")
def force(tmp_path_factory, provider):
    """Run an installation without a demonstration, and with the force's own sign-in beside passwords."""
    more = {"FELLWATCH_FORCE": "E99000003", "FELLWATCH_FORCE_NAME": "Northmere Police"}
    more |= {"FELLWATCH_OIDC_CLIENT": "fellwatch", "FELLWATCH_OIDC_SERVER": provider.address}
    folder = tmp_path_factory.mktemp("force")
    with running(f"fellwatch_force_{os.getpid()}", folder, county=False, FELLWATCH_VAR=str(folder), **more) as found:
        for name, full, role in (("alice", "Alice Beck", "call_taker"), ("erin", "Erin Scarth", "auditor")):
            found.command(
                "user", "add", name, "--name", full, "--role", role, "--team", "control room", "--password", PHRASE
            )
        found.command(
            "user", "add", "bob@fellshire.example", "--name", "Bob Tarn", "--role", "control_supervisor",
            "--team", "control room", "--without-password",
        )  # fmt: skip
        yield found


@pytest.fixture
def at_a_screen(chromium, force):
    """Return a maker of people at a screen of their own, each with a passkey in their device."""
    people = []

    def make() -> Person:
        context = chromium.new_context(viewport={"width": 1280, "height": 900}, bypass_csp=False)
        context.set_default_timeout(30_000)
        page = context.new_page()
        device = context.new_cdp_session(page)
        device.send("WebAuthn.enable")
        device.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})
        people.append(Person(page, force.address.replace("127.0.0.1", "localhost")))
        return people[-1]

    yield make
    for one in people:
        one.page.context.close()


def _password(person: Person, name: str, phrase: str = PHRASE) -> None:
    person.open("/accounts/login/")
    person.page.fill("#id_login", name)
    person.page.fill("#id_password", phrase)
    person.page.get_by_role("button", name="Sign in", exact=True).click()
    person.page.wait_for_load_state()


def _add_a_key(person: Person) -> None:
    """Add the device's passkey; who one is is asked again before that."""
    page = person.page
    page.get_by_role("link", name="Add one").click()
    page.wait_for_url("**/reauthenticate/**")
    page.fill("#id_password", PHRASE)
    page.get_by_role("button", name="Confirm").click()
    page.wait_for_selector("#id_passwordless")
    page.check("#id_passwordless")
    page.get_by_role("button", name="Add it").click()
    page.wait_for_url("**/recovery-codes/**")


def _heading(person: Person) -> str:
    return person.page.inner_text("h1")


def test_a_password_alone_opens_nothing_until_a_passkey_stands_beside_it_which_then_opens_everything(at_a_screen):
    alice = at_a_screen()
    page = alice.page
    _password(alice, "alice", "four herons")
    assert "There is a problem" in page.inner_text("main")
    assert page.input_value("#id_login") == "alice"

    _password(alice, "alice")
    assert "How you prove it is you" in _heading(alice)
    assert "Everything else opens then" in page.inner_text("body")
    alice.open("/contact/board/")
    assert "How you prove it is you" in _heading(alice), "the board stays shut"

    _add_a_key(alice)
    alice.open("/contact/board/")
    assert "/contact/board/" in page.url
    assert "Northmere Police" in page.inner_text("body")
    assert "Fellshire" not in page.inner_text("body")

    alice.open("/accounts/logout/")
    page.get_by_role("button", name="Sign out").last.click()
    page.wait_for_load_state()
    alice.open("/accounts/login/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url(lambda address: "/accounts/" not in address)
    alice.open("/contact/board/")
    assert "/contact/board/" in page.url
    assert alice.troubles == []


def test_the_forces_own_sign_in_lets_in_whoever_has_an_account_and_nobody_under_that_name_again(
    at_a_screen, provider, force
):
    bob = at_a_screen()
    provider.signs_in("7f3a", "stranger@fellshire.example")
    bob.open("/accounts/login/")
    bob.page.get_by_role("button", name="Sign in with Force sign-in").click()
    bob.page.wait_for_load_state()
    assert "No account here" in _heading(bob)

    provider.signs_in("90c1", "Bob@fellshire.example")
    bob.open("/accounts/login/")
    bob.page.get_by_role("button", name="Sign in with Force sign-in").click()
    bob.page.wait_for_load_state()
    bob.open("/contact/board/")
    assert "/contact/board/" in bob.page.url

    other = at_a_screen()
    provider.signs_in("d2e4", "bob@fellshire.example")
    other.open("/accounts/login/")
    other.page.get_by_role("button", name="Sign in with Force sign-in").click()
    other.page.wait_for_load_state()
    assert "tied to somebody else" in _heading(other)
    other.open("/contact/board/")
    assert "/accounts/login/" in other.page.url

    # His telephone is gone, and his identity was made anew: the operator unties the account.
    assert "Forgotten: 1" in force.command("user", "forget", "bob@fellshire.example")
    other.open("/accounts/login/")
    other.page.get_by_role("button", name="Sign in with Force sign-in").click()
    other.page.wait_for_load_state()
    other.open("/contact/board/")
    assert "/contact/board/" in other.page.url

    # He leaves: what he has open shuts at once, and the force's sign-in opens nothing.
    force.command("user", "end", "bob@fellshire.example")
    other.open("/contact/board/")
    assert "/accounts/login/" in other.page.url
    other.page.get_by_role("button", name="Sign in with Force sign-in").click()
    other.page.wait_for_load_state()
    assert "/accounts/" in other.page.url
    assert "bob@fellshire.example" in force.command("user", "list", "--ended")


def test_the_auditor_reads_who_came_in_who_was_turned_away_and_what_became_of_an_account(at_a_screen):
    erin = at_a_screen()
    _password(erin, "nobody at all")
    _password(erin, "erin")
    _add_a_key(erin)
    erin.open("/log/")
    said = erin.page.inner_text("#lines")
    for line in ("turned somebody away", "signed in", "signed out", "made an account", "ended an account"):
        assert line in said, line
    assert "nobody at all" not in said, "what is typed at the door may be a password"
    assert PHRASE not in said
    erin.open("/log/verify/")
    assert "holds" in erin.page.inner_text("main").lower()
