"""A form from a broken handheld: opened by whoever holds the recovery key, and logged before a word is shown."""

import json
import uuid

import pytest
from click.testing import CliRunner

from tests.handheld.test_devices import sealed_to

pytestmark = pytest.mark.database
LOCK = "a long passphrase"


@pytest.fixture
def key(tmp_path):
    from fellwatch.cli.handheld import handheld

    options = ["--private", str(tmp_path / "private.pem"), "--public", str(tmp_path / "public.pem")]
    done = CliRunner().invoke(handheld, ["recovery-key", *options, "--passphrase", LOCK])
    assert done.exit_code == 0, done.output
    return tmp_path / "private.pem"


@pytest.fixture
def bob_signs_in(db):
    from fellwatch.foundation.accounts.models import User

    return User.objects.create(id=uuid.uuid4(), username="bob", full_name="Bob Tarn", role="control_supervisor")


@pytest.fixture
def saved(key, tmp_path):
    form = {"incident": str(uuid.uuid4()), "person": str(uuid.uuid4()), "instrument": "dash", "changes": {"q18": "yes"}}
    envelope = sealed_to(key.with_name("public.pem"), {"kind": "form", "form": form})
    (tmp_path / "saved.sealed").write_text(json.dumps({"record": "form 1", "sealed": envelope}) + "\n")
    return tmp_path / "saved.sealed"


def opened(saved, key, *, passphrase=LOCK, by="bob"):
    from fellwatch.cli.handheld import handheld

    options = ["--key", str(key), "--passphrase", passphrase, "--by", by]
    return CliRunner().invoke(handheld, ["open", str(saved), *options])


def test_the_forms_are_printed_and_the_log_says_who_opened_them(bob_signs_in, saved, key, auditor):
    from fellwatch.foundation.audit import chain

    done = opened(saved, key)
    assert done.exit_code == 0, done.output
    assert '"q18": "yes"' in done.output
    (line,) = [one for one in chain.lines(by=auditor) if one.sentence == "handheld.sealed_opened"]
    assert (line.actor_name, line.people) == ("Bob Tarn", 1)


def test_a_wrong_passphrase_and_a_stranger_see_nothing(bob_signs_in, saved, key):
    for done in (opened(saved, key, passphrase="wrong"), opened(saved, key, by="nobody")):
        assert done.exit_code != 0
        assert "q18" not in done.output


def test_a_key_is_never_made_over_another(key):
    from fellwatch.cli.handheld import handheld

    options = ["--private", str(key), "--public", str(key.with_name("public.pem")), "--passphrase", LOCK]
    assert CliRunner().invoke(handheld, ["recovery-key", *options]).exit_code != 0


def photograph(key, *, parts):
    """Return the sealed lines of one photograph in parts, as a handheld seals it."""
    import hashlib

    content = bytes(range(256)) * 4
    about = {"id": str(uuid.uuid4()), "incident": str(uuid.uuid4()), "person": None, "caption": "Door"}
    about |= {"type": "image/png", "digest": hashlib.sha256(content).hexdigest()}
    public = key.with_name("public.pem")
    lines = [sealed_to(public, {"kind": "photograph", "about": about})]
    for number in parts:
        part = {"kind": "photograph_part", "id": about["id"], "number": number}
        lines.append(sealed_to(public, part, content[number * 400 : (number + 1) * 400]))
    text = "".join(json.dumps({"record": str(n), "sealed": line}) + "\n" for n, line in enumerate(lines))
    return about, content, text


def test_a_photograph_is_put_together_from_its_parts_and_logged(bob_signs_in, key, tmp_path, auditor):
    from fellwatch.cli.handheld import handheld
    from fellwatch.foundation.audit import chain

    about, content, text = photograph(key, parts=[2, 0, 1])
    (tmp_path / "saved.sealed").write_text(text)
    options = ["--key", str(key), "--passphrase", LOCK, "--by", "bob", "--photographs", str(tmp_path / "out")]
    done = CliRunner().invoke(handheld, ["open", str(tmp_path / "saved.sealed"), *options])
    assert done.exit_code == 0, done.output
    assert (tmp_path / "out" / f"{about['id']}.png").read_bytes() == content
    assert [one.actor_name for one in chain.lines(by=auditor) if one.sentence == "handheld.sealed_opened"] == [
        "Bob Tarn"
    ]


def test_a_photograph_that_lacks_a_part_is_told_and_not_written(bob_signs_in, key, tmp_path):
    from fellwatch.cli.handheld import handheld

    _, _, text = photograph(key, parts=[0, 2])
    (tmp_path / "saved.sealed").write_text(text)
    options = ["--key", str(key), "--passphrase", LOCK, "--by", "bob", "--photographs", str(tmp_path / "out")]
    done = CliRunner().invoke(handheld, ["open", str(tmp_path / "saved.sealed"), *options])
    assert "not all here" in done.output
    assert not (tmp_path / "out").exists()
