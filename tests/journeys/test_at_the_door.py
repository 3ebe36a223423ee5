"""A risk form at two in the morning: no signal, a dead battery, a colleague with another answer, a lost handheld."""

import pytest

pytestmark = pytest.mark.journey

PICTURE = b"\xff\xd8\xff" + bytes(range(256)) * 1200


def test_a_form_at_the_door_without_signal(handsets, sign_in, tmp_path):
    rosa = handsets("rosa")
    rosa.sign_in("rosa")

    # She types two different passphrases: told beside the field, and the name she gave is kept.
    rosa.open()
    rosa.check("setting up")
    rosa.page.fill("#name", "HH-014")
    rosa.page.fill("#passphrase", "tarn beck fell rigg")
    rosa.page.fill("#again", "tarn beck fell")
    rosa.page.click("#enrol")
    assert "not the same" in rosa.page.inner_text("#again-error")
    assert rosa.page.input_value("#name") == "HH-014"
    rosa.enrol("HH-014")
    rosa.check("the day")
    ben = handsets("ben")
    ben.sign_in("ben")
    ben.enrol("HH-015")
    incident = rosa.untouched(ben)

    # No signal at the door. She answers, and the battery dies.
    rosa.mast.down()
    rosa.incident(incident)
    rosa.check("an incident")
    rosa.begin("dash")
    rosa.check("a question")
    for question in ("q1", "q2"):
        rosa.answer(question, "yes")
    rosa.answer("q18", "no")
    rosa.question("q3")
    rosa.page.click("summary:has-text('own words')")
    rosa.page.fill("#words", "He said I would not see Christmas.")
    rosa.page.locator("#words").blur()
    rosa.safe()
    rosa.kill()
    rosa.start()
    rosa.open()
    rosa.check("locked")

    # Whoever finds it gets no further than this.
    rosa.page.fill("#passphrase", "let me in please")
    rosa.page.click("#unlock")
    rosa.page.wait_for_selector("#passphrase-error:not([hidden])")
    rosa.page.wait_for_selector("#unlock:not([disabled])")
    rosa.unlock()
    assert "safe here, not sent" in rosa.page.inner_text(".hh-status")
    rosa.incident(incident)
    rosa.begin("dash")
    rosa.question("q3")
    assert rosa.page.input_value("#words") == "He said I would not see Christmas."
    rosa.question("q18")
    assert rosa.page.get_attribute('[data-answer="no"]', "aria-pressed") == "true"

    # The score waits for her own judgement.
    rosa.page.evaluate("() => { location.hash = location.hash.split('/').slice(0, 2).join('/') + '/review' }")
    rosa.page.wait_for_selector('[data-score="hidden"]')
    rosa.answer("grade", "medium")
    rosa.page.evaluate("() => { location.hash = location.hash.split('/').slice(0, 2).join('/') + '/review' }")
    rosa.page.wait_for_selector('[data-score="shown"]')
    rosa.check("looking at it all")
    rosa.send()
    assert rosa.where() == "Safe on this handheld, goes when there is signal"
    form = rosa.page.evaluate("() => location.hash")

    # A photograph, and the battery dies again.
    (tmp_path / "door.jpg").write_bytes(PICTURE)
    rosa.page.evaluate("(id) => { location.hash = `#picture/${id}` }", incident)
    rosa.page.set_input_files("#file", str(tmp_path / "door.jpg"))
    rosa.page.click("text=Keep this photograph")
    assert "Say what it shows" in rosa.page.inner_text("#file-error")
    rosa.page.fill("#caption", "The front door, broken at the lock")
    rosa.page.fill("#exhibit", "RP/1")
    rosa.page.click("text=Keep this photograph")
    rosa.page.wait_for_selector("text=RP/1: The front door")
    rosa.check("photographs")

    # A child nobody had named, and a knife.
    rosa.page.evaluate("(id) => { location.hash = `#note/${id}/member` }", incident)
    rosa.page.click("text=Add them")
    assert "Give a name" in rosa.page.inner_text("#forenames-error")
    rosa.page.fill("#forenames", "Isla")
    rosa.page.fill("#age", "5")
    rosa.page.select_option("#role", "child_resident")
    rosa.page.click("text=Add them")
    rosa.page.wait_for_selector("text=Isla, 5")
    rosa.page.evaluate("(id) => { location.hash = `#note/${id}/exhibit` }", incident)
    rosa.check("exhibits")
    rosa.page.fill("#reference", "RP/2")
    rosa.page.fill("#description", "Kitchen knife")
    rosa.page.fill("#where", "Hall floor")
    rosa.page.click("text=Keep this exhibit")
    rosa.page.wait_for_selector("text=RP/2: Kitchen knife")
    rosa.again()

    # Ben, at the same door with signal, heard otherwise about the choking, and his form is in first.
    ben.incident(incident)
    ben.begin("dash")
    ben.answer("q18", "yes")
    ben.send()
    assert len(ben.receipt()) == 9
    ben.kill()

    # Signal: her form goes by itself, with a receipt; the more dangerous answer stands, and she is told.
    rosa.page.evaluate("(here) => { location.hash = here }", form)
    rosa.online()
    rosa.back_to("rosa")
    receipt = rosa.receipt()
    assert "Ben Syke answered" in rosa.page.inner_text(".hh-given")
    rosa.page.evaluate("(id) => { location.hash = `#picture/${id}` }", incident)
    rosa.page.wait_for_selector("text=sent, receipt")
    rosa.page.evaluate("(id) => { location.hash = `#note/${id}/exhibit` }", incident)
    rosa.page.wait_for_selector("text=/RP.2: Kitchen knife · sent/")
    rosa.page.wait_for_function("() => document.querySelector('.hh-status').textContent.includes('everything sent')")
    assert rosa.troubles == []

    # Bob decides which answer is right; without a reason the safer one does not stand.
    bob = sign_in("bob")
    bob.open("/handheld/differences/")
    bob.check("answers that differ")
    bob.page.click("main .fw-row a")
    bob.page.check("input[value=arrived]")
    bob.page.click("text=Decide")
    assert "Say in a sentence" in bob.page.inner_text("#because-error")
    assert bob.page.is_checked("input[value=arrived]")
    bob.check("deciding, with something missing")
    bob.page.fill("#because", "Ben asked about another man; Rosa heard it from her alone.")
    bob.page.click("text=Decide")
    bob.page.wait_for_selector("text=settled by Bob Tarn")

    # The handheld is left in a taxi. Bob has it wiped; it says what it destroyed.
    bob.open("/handheld/devices/")
    bob.check("handhelds")
    bob.page.click("text=HH-014")
    bob.page.click("button:has-text('Wipe this handheld')")
    assert "Say why" in bob.page.inner_text("#because-error")
    bob.page.fill("#because", "Left in a taxi")
    bob.page.click("button:has-text('Wipe this handheld')")
    bob.page.wait_for_selector("text=To be wiped")
    bob.check("a handheld to be wiped")
    rosa.kill()
    rosa.start()
    rosa.open()
    rosa.page.wait_for_selector("text=has been wiped")
    left = rosa.page.evaluate("async () => [(await indexedDB.databases()).length, (await caches.keys()).length]")
    assert left == [0, 0]
    bob.page.reload()
    assert "It destroyed the following" in bob.page.inner_text("main")
    assert "Domestic abuse checklist" in bob.page.inner_text("main")

    # All of it is in the log.
    erin = sign_in("erin")
    erin.open("/log/")
    said = erin.page.inner_text("main")
    for words in ("sent a form from a handheld", "settled which of two answers", "noted what a handheld destroyed"):
        assert words in said, words
    assert receipt
