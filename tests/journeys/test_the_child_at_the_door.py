"""A child nobody had named, heard at the door without signal: her own form, the camera's reference, a dead battery.

The officer has no signal, then none of her battery; the child's words are at the station all the same, on her form,
with the household, the recording and the log saying so.
"""

import pytest

pytestmark = pytest.mark.journey

SAID = "He broke the door and I hid."
SAYS = "document.querySelector('[data-safe]').textContent"
TYPES = f"""(words) => {{
  const box = document.getElementById("typed")
  box.value = words
  box.dispatchEvent(new InputEvent("input"))
  return {SAYS}
}}"""


def _typed(rosa, question: str, words: str) -> None:
    rosa.question(question)
    assert rosa.page.evaluate(TYPES, words) == "Being stored"
    rosa.safe()


def _note(rosa, incident: str, kind: str) -> None:
    rosa.page.evaluate("([id, kind]) => { location.hash = `#note/${id}/${kind}` }", [incident, kind])
    rosa.page.wait_for_selector(f'[data-notes="{kind}"]', state="attached")


def test_a_childs_voice_and_the_cameras_reference_without_signal(handsets, sign_in):
    rosa = handsets("rosa")
    rosa.sign_in("rosa")
    rosa.enrol("HH-021")
    incident = rosa.cards()[-1]
    rosa.mast.down()

    # A child nobody has named yet, told to the handheld alone.
    _note(rosa, incident, "member")
    rosa.page.fill("#forenames", "Wren")
    rosa.page.fill("#surname", "Thornhollow")
    rosa.page.fill("#age", "6")
    rosa.page.click("text=Add them")
    assert "what they are here" in rosa.page.inner_text("#role-error")
    assert rosa.page.input_value("#forenames") == "Wren"
    rosa.page.select_option("#role", "child_present")
    rosa.page.click("text=Add them")
    rosa.page.wait_for_selector("text=Wren Thornhollow, 6")

    # The camera: a reference without a time is refused, and what she typed stays.
    _note(rosa, incident, "clip")
    rosa.page.fill("#reference", "BWV-7741")
    rosa.page.click("text=Keep this recording's reference")
    assert "when it began" in rosa.page.inner_text("#started-error")
    assert rosa.page.input_value("#reference") == "BWV-7741"
    rosa.page.fill("#started", "00:01")
    rosa.check("body-worn video")
    rosa.page.click("text=Keep this recording's reference")
    rosa.page.wait_for_selector("text=BWV-7741 · safe on this handheld")

    # Her form: seen, heard, how she was.
    rosa.incident(incident)
    rosa.begin("household_voice", "Wren Thornhollow")
    for question, value in (("who", "child"), ("seen", "yes"), ("where", "house_heard"), ("injured", "no")):
        rosa.answer(question, value)
    rosa.answer("spoken_to", "yes")
    rosa.answer("with_whom", "considered_none")
    _typed(rosa, "said", SAID)
    rosa.answer("demeanour", "watchful")
    # Nothing says "safe" of what she has just pressed or typed before it is stored.
    pressed = "document.querySelector('[data-answer=clinging]').click()"
    assert rosa.page.evaluate(f"() => {{ {pressed}; return {SAYS} }}") == "Being stored"
    rosa.safe()
    rosa.again()
    rosa.incident(incident)
    rosa.begin("household_voice", "Wren Thornhollow")
    rosa.question("said")
    assert rosa.page.input_value("#typed") == SAID
    rosa.question("demeanour")
    pressed = rosa.page.locator("[data-answer][aria-pressed=true]").evaluate_all(
        "all => all.map((one) => one.dataset.answer).sort()"
    )
    assert pressed == ["clinging", "watchful"]
    rosa.check("behaviour")

    # Words alone are not enough: the review says what is missing before she sends it.
    rosa.review()
    assert "Demeanour in your words" in rosa.page.inner_text("main")
    _typed(rosa, "demeanour_seen", "Stood behind her mother and watched the hall.")
    rosa.answer("home", "considered_none")
    rosa.answer("school", "considered_none")
    _typed(rosa, "looked_after_by", "Her mother")
    rosa.send()
    assert rosa.where() == "Safe on this handheld, goes when there is signal"

    # Signal: the child, the recording and the form go by themselves, in the order in which they hang together.
    rosa.online()
    rosa.back_to("rosa")
    receipt = rosa.receipt()
    assert len(receipt) == 9
    rosa.page.wait_for_function("() => document.querySelector('.hh-status').textContent.includes('everything sent')")
    assert rosa.troubles == []

    # At the station her supervisor reads the child by name, her words and the recording.
    sam = sign_in("sam")
    sam.open(f"/response/incidents/{incident}/")
    said = sam.page.inner_text("main")
    assert "Wren Thornhollow" in said
    assert "BWV-7741" in said
    erin = sign_in("erin")
    erin.open("/log/")
    told = erin.page.inner_text("#lines").lower()
    for words in ("sent a form from a handheld", "linked somebody of the household"):
        assert words in told, words
