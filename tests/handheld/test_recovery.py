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


def test_an_account_that_may_not_open_is_told_why_in_a_line_and_the_log_holds_it(db, saved, key, auditor):
    from fellwatch.foundation.accounts.models import User
    from fellwatch.foundation.audit import chain

    User.objects.create(id=uuid.uuid4(), username="carol", full_name="Carol Ghyll", role="call_taker")
    done = opened(saved, key, by="carol")
    assert done.exit_code == 1
    assert done.output == "Error: The role call taker does not include handheld.manage.\n"
    (line,) = chain.lines(by=auditor, action="refusal")
    assert (line.actor_name, line.detail) == ("Carol Ghyll", {"permission": "handheld.manage"})


def test_an_account_that_has_ended_opens_nothing(bob_signs_in, saved, key):
    bob_signs_in.is_active = False
    bob_signs_in.save()
    done = opened(saved, key)
    assert done.exit_code == 1
    assert done.output == "Error: The account bob has ended: nothing is done in its name.\n"


@pytest.mark.parametrize(
    "told",
    [
        {"kind": "form"},
        {"kind": "form", "form": "dash"},
        {"kind": "form", "form": {"instrument": "dash"}},
        {"kind": "note", "note": {"incident": "x", "person": "Danielle"}},
        {"kind": "photograph", "about": {"incident": "x"}},
        {"kind": "photograph", "about": {"incident": "x", "id": "../x", "digest": "", "type": "image/png"}},
        {"kind": "photograph_part", "id": "x"},
        {"kind": ["form"]},
        {},
    ],
)
def test_what_no_handheld_says_is_told_in_a_line_though_it_was_sealed(bob_signs_in, key, tmp_path, told, auditor):
    from fellwatch.foundation.audit import chain

    envelope = sealed_to(key.with_name("public.pem"), told)
    (tmp_path / "saved.sealed").write_text(json.dumps({"record": "x", "sealed": envelope}) + "\n")
    done = opened(tmp_path / "saved.sealed", key)
    assert (done.exit_code, done.output) == (1, "Error: This is not a handheld's sealed file.\n")
    assert not [one for one in chain.lines(by=auditor) if one.sentence == "handheld.sealed_opened"]


@pytest.mark.parametrize("text", ["not json", "{}", "[]", '{"sealed": 4}', "\xff\xfe"])
def test_a_file_that_is_none_of_a_handheld_is_told_in_a_line(bob_signs_in, key, tmp_path, text):
    (tmp_path / "saved.sealed").write_bytes(text.encode("latin-1"))
    done = opened(tmp_path / "saved.sealed", key)
    assert done.exit_code == 1
    assert done.output.startswith("Error: This ")
    assert len(done.output.splitlines()) == 1


def test_a_kind_of_work_that_a_later_handheld_seals_keeps_nobody_from_the_rest(bob_signs_in, saved, key):
    later = sealed_to(key.with_name("public.pem"), {"kind": "sketch", "lines": []})
    with saved.open("a") as file:
        file.write(json.dumps({"record": "sketch 1", "sealed": later}) + "\n")
    done = opened(saved, key)
    assert done.exit_code == 0, done.output
    assert '"q18": "yes"' in done.output


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
