"""What the call screen and the board do by themselves, in a real browser under the real security policy."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests import chromium
from tests.shell import gallery, look, samples

sync_api = pytest.importorskip("playwright.sync_api")

pytestmark = [
    pytest.mark.journey,
    pytest.mark.skipif(chromium.PATH is None, reason=chromium.ABSENT),
    pytest.mark.skipif(
        not (look.AXE.parent.parent.parent / "build/static/fellwatch.css").exists(), reason="No assets."
    ),
]

HELD = "[data-held]:not([hidden]) [data-show-held]"


def panel(name: str, danger: int = 0) -> str:
    env = gallery.environment()
    known = {**samples.KNOWN, "signature": f"{name}{danger}", "danger": danger, "announce": "", "alerts": []}
    known["candidates"] = [{**samples.KNOWN["candidates"][0], "name": name}]
    return str(env.get_template("contact/known.html").render(known=known, choices=samples.CHOICES))


def rows(*given: dict[str, Any]) -> str:
    return str(gallery.environment().get_template("contact/rows.html").render(rows=given))


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("gallery")
    gallery.write(folder)
    server, address = look.serve(folder)
    yield address
    server.shutdown()


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with sync_api.sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium.PATH, args=chromium.FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.set_default_timeout(5000)
    page.route("**/draft", answer(json.dumps({"saved_at": samples.NOW.isoformat(), "sent": False}), "application/json"))
    page.route("**/known", answer(panel("Danielle Hewett", 1)))
    page.route("**/grade", answer("<p>Emergency</p>"))
    page.route("**/stream", lambda route: route.abort())
    yield page
    context.close()


def answer(body: str, kind: str = "text/html", seen: list[str] | None = None, status: int = 200) -> Any:
    def give(route: Any) -> None:
        if seen is not None:
            seen.append(route.request.post_data or route.request.url)
        route.fulfill(status=status, content_type=kind, body=body)

    return give


def test_what_we_know_follows_each_letter_and_a_burst_waits_for_the_answer(page: Any, address: str) -> None:
    asked: list[str] = []
    failed: list[str] = []
    held: list[Any] = []
    page.on("requestfailed", lambda request: failed.append(request.url))
    page.route("**/known", lambda route: (asked.append(route.request.post_data), held.append(route)))
    page.goto(f"{address}/call.html")
    page.locator("#caller_name").press("End")
    page.locator("#caller_name").press_sequentially("sonby", delay=60)
    assert len(asked) == 1, "asked at the first letter, and not again before there is an answer"
    assert "Hewitts&" in asked[0]
    held[0].fulfill(status=200, content_type="text/html", body=panel("Daniela Hewson", 1))
    page.get_by_role("heading", name="Daniela Hewson").wait_for()
    page.wait_for_timeout(100)
    assert len(asked) == 2, "then once, with the newest letters"
    assert "Hewittsonby&" in asked[1]
    held[1].fulfill(status=200, content_type="text/html", body=panel("Daniela Hewsonby", 1))
    page.get_by_role("heading", name="Daniela Hewsonby").wait_for()
    assert (len(asked), failed) == (2, [])


def test_what_is_happening_in_her_words_asks_nothing_of_what_is_known(page: Any, address: str) -> None:
    asked: list[str] = []
    page.route("**/known", answer(panel("Daniela Hewson", 1), seen=asked))
    page.goto(f"{address}/call.html")
    page.locator("#summary").press_sequentially("He is back")
    page.wait_for_timeout(300)
    assert asked == []


def test_the_grade_is_proposed_again_when_what_we_know_changes(page: Any, address: str) -> None:
    graded: list[str] = []
    page.route("**/grade", answer("<p>Graded again</p>", seen=graded))
    page.route("**/known", answer(panel("Daniela Hewson", 1)))
    page.goto(f"{address}/call.html")
    page.locator("#caller_name").press_sequentially("x")
    page.get_by_role("heading", name="Daniela Hewson").wait_for()
    page.get_by_text("Graded again").wait_for()
    page.locator("#caller_name").press_sequentially("y")
    page.wait_for_timeout(400)
    assert len(graded) == 1, "the same people known again change no grade"


def test_the_panel_waits_while_she_points_at_it_and_says_so(page: Any, address: str) -> None:
    page.goto(f"{address}/call.html")
    before = page.locator("#use-p2").bounding_box()
    page.mouse.move(1100, 400)
    page.mouse.move(1100, 410)
    page.locator("#caller_name").press_sequentially("x")
    page.locator(HELD).wait_for()
    assert page.locator(HELD).inner_text() == "1 change: show"
    assert page.locator("#use-p2").bounding_box() == before
    page.mouse.move(300, 300)
    page.get_by_role("heading", name="Daniel Hewitson").wait_for(state="detached")
    assert page.locator(HELD).count() == 0


def test_a_press_in_the_panel_is_not_cut_off_by_the_next_look(page: Any, address: str) -> None:
    asked: list[str] = []
    page.route(
        "**/call.html",
        lambda route: _slowly(page, route, asked) if route.request.method == "POST" else route.continue_(),
    )
    page.goto(f"{address}/call.html")
    page.locator("#known").get_by_role("button", name="Add as suspect").press("Enter")
    page.evaluate("htmx.trigger(document.body, 'fellwatch:look')")
    page.get_by_text("Marc is on the call").wait_for()
    assert "as-suspect-p3" in asked[0]


def _slowly(page: Any, route: Any, asked: list[str]) -> None:
    asked.append(route.request.post_data)
    page.wait_for_timeout(600)
    route.fulfill(status=200, content_type="text/html", body="<p>Marc is on the call</p>")


def test_what_a_press_changed_is_shown_though_a_look_begun_before_it_is_answered_first(page: Any, address: str) -> None:
    held = _press_while_a_look_is_awaited(page, address)
    held[0].fulfill(status=200, content_type="text/html", body=_as_it_was(page))
    _until(page, lambda: len(held) == 2)
    assert page.locator("#known button:focus").count() == 1, "the button is there still: the first answer is not hers"
    held[1].fulfill(status=200, content_type="text/html", body=panel("Daniela Hewson", 1))
    page.get_by_role("heading", name="Daniela Hewson").wait_for()
    assert page.locator(HELD).count() == 0
    assert page.evaluate("document.activeElement.id") == "known-column"


def test_what_a_press_changed_is_shown_though_the_same_waits_already(page: Any, address: str) -> None:
    held = _press_while_a_look_is_awaited(page, address)
    held[0].fulfill(status=200, content_type="text/html", body=panel("Daniela Hewson", 1))
    page.locator(HELD).wait_for()
    _until(page, lambda: len(held) == 2)
    held[1].fulfill(status=200, content_type="text/html", body=panel("Daniela Hewson", 1))
    page.get_by_role("heading", name="Daniela Hewson").wait_for()
    assert page.locator(HELD).count() == 0


def test_a_button_works_from_the_moment_it_is_painted(page: Any, address: str) -> None:
    posted: list[str | None] = []

    def take(route: Any) -> None:
        if route.request.method != "POST":
            return route.continue_()
        posted.append(route.request.header_value("HX-Request"))
        return route.fulfill(status=200, content_type="text/html", body="<p>Marc is on the call</p>")

    page.route("**/call.html", take)
    page.goto(f"{address}/call.html")
    page.evaluate(
        """() => new MutationObserver((_, watch) => {
          watch.disconnect()
          document.querySelector("#known button[value^=as-suspect]").click()
        }).observe(document.querySelector("#known"), {childList: true})"""
    )
    page.locator("#caller_name").press_sequentially("x")
    page.get_by_text("Marc is on the call").wait_for()
    assert posted == ["true"], "the form was not sent as a whole"


def _press_while_a_look_is_awaited(page: Any, address: str) -> list[Any]:
    """Type a letter and press a button before what is known is answered; return the questions, none answered."""
    held: list[Any] = []
    page.route("**/known", lambda route: held.append(route))
    page.route(
        "**/call.html",
        lambda route: (
            route.fulfill(status=200, content_type="text/html", body="<p>Marc is on the call</p>")
            if route.request.method == "POST"
            else route.continue_()
        ),
    )
    page.goto(f"{address}/call.html")
    page.locator("#caller_name").press_sequentially("x")
    _until(page, lambda: len(held) == 1)
    page.locator("#known").get_by_role("button", name="Add as suspect").press("Enter")
    page.get_by_text("Marc is on the call").wait_for()
    page.wait_for_timeout(100)
    assert len(held) == 1, "her own look waits for the first answer"
    return held


def _as_it_was(page: Any) -> str:
    return str(page.locator("#known").inner_html())


def _until(page: Any, true: Any) -> None:
    for _ in range(100):
        if true():
            return
        page.wait_for_timeout(50)
    raise AssertionError("It never came.")


def test_a_new_warning_that_waits_is_said_in_words(page: Any, address: str) -> None:
    page.route("**/known", answer(panel("Danielle Hewett", 9)))
    page.goto(f"{address}/call.html")
    page.locator("#use-p1").focus()
    page.evaluate("document.querySelector('#caller_name').dispatchEvent(new Event('input', {bubbles: true}))")
    page.locator(HELD).wait_for()
    assert page.locator(HELD).inner_text() == "New warning, 1 change: show"


def test_nothing_typed_is_lost_when_the_line_drops_and_the_page_is_opened_again(page: Any, address: str) -> None:
    page.goto(f"{address}/call.html")
    page.route("**/draft", lambda route: route.abort())
    page.locator("#thrive-harm").fill("Strangled last time")
    page.locator("[data-connection]:not([hidden])").wait_for()
    assert "Kept on this machine" in page.locator("[data-saved]").inner_text()
    page.on("dialog", lambda dialog: dialog.accept())
    page.reload()
    assert page.locator("#thrive-harm").input_value() == "Strangled last time"
    page.route("**/draft", answer(json.dumps({"saved_at": samples.NOW.isoformat()}), "application/json"))
    page.locator("#thrive-harm").press_sequentially(".")
    page.locator("[data-connection]").wait_for(state="hidden")
    page.get_by_text("Draft saved 23:41:48").wait_for()


def test_a_call_is_sent_once_however_often_the_keys_are_pressed(page: Any, address: str) -> None:
    sent: list[str] = []
    page.goto(f"{address}/call.html")
    page.evaluate("document.querySelector('#call').setAttribute('action', '/sent')")
    page.route("**/sent", answer("", seen=sent, status=204))
    page.keyboard.press("Control+Enter")
    page.keyboard.press("Control+Enter")
    page.evaluate("document.querySelector('[data-send]').click()")
    page.wait_for_timeout(300)
    assert len(sent) == 1
    assert "send" in sent[0]


def test_every_part_of_the_call_is_a_key_away(page: Any, address: str) -> None:
    page.goto(f"{address}/call.html")

    def focused() -> str:
        return str(page.evaluate("document.activeElement.id"))

    page.keyboard.press("Alt+Digit5")
    assert focused() == "thrive-vulnerability"
    page.keyboard.press("Alt+w")
    assert focused() == "caller_name"
    page.keyboard.press("Alt+q")
    page.keyboard.press("w")
    page.keyboard.press("1")
    assert page.locator("#danger-weapon-1").is_checked()
    assert focused().startswith("danger-injury")
    page.keyboard.press("Alt+k")
    assert focused() == "known-column"
    page.keyboard.press("Escape")
    assert focused().startswith("danger-injury")


def test_thrive_counts_itself_as_she_answers(page: Any, address: str) -> None:
    page.goto(f"{address}/call.html")
    page.locator("#thrive-harm").fill("Broken wrist last time")
    page.locator("[name=none-investigation]").check()
    assert page.locator("[data-thrive-count]").inner_text() == "4 of 6 answered"


def stream(*incidents: str) -> str:
    changed = "".join(f"event: changed\ndata: {json.dumps({'incident': one})}\n\n" for one in incidents)
    return f"retry: 60000\n\nevent: at\ndata: {samples.NOW.isoformat()}\n\n{changed}"


NEW = {
    **samples.ROWS[1],
    "id": "r2000",
    "reference": "A2000",
    "title": "Concern for a child",
    "urgency": 9000,
}


def test_a_new_incident_slides_onto_the_board_at_its_place(page: Any, address: str) -> None:
    asked: list[str] = []
    page.route("**/stream", answer(stream("r2000"), "text/event-stream"))
    page.route("**/rows?only=r2000", answer(rows(NEW), seen=asked))
    page.route("**/rows", answer(rows(NEW, *samples.ROWS)))
    page.goto(f"{address}/board.html")
    page.get_by_role("link", name="Concern for a child").wait_for()
    assert page.locator("[data-row]").first.get_attribute("data-row") == "r2000"
    assert asked[0].endswith("only=r2000")
    assert "Concern for a child" in str(page.locator("[data-board-said]").text_content())


def test_a_board_that_the_browser_kept_while_somebody_was_elsewhere_looks_again(page: Any, address: str) -> None:
    page.route("**/stream", answer(stream(), "text/event-stream"))
    page.goto(f"{address}/board.html")
    page.get_by_text("Reconnecting, last news").wait_for()
    page.route("**/rows", answer(rows(NEW, *samples.ROWS)))
    page.evaluate("dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }))")
    page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))")
    page.locator("#row-r2000").wait_for()


def test_the_end_of_a_long_board_comes_after_its_beginning_without_a_word(page: Any, address: str) -> None:
    last = {**NEW, "urgency": 0.1}
    page.route("**/rows", answer(rows(*samples.ROWS, last)))
    page.goto(f"{address}/board-long.html")
    page.locator("#row-r2000").wait_for()
    assert page.locator("[data-row]").last.get_attribute("data-row") == "r2000"
    assert page.locator("[data-more]").count() == 0
    assert page.locator("[data-board-said]").text_content() == ""


def test_no_row_moves_while_somebody_points_at_the_board(page: Any, address: str) -> None:
    page.goto(f"{address}/board.html")
    page.route("**/rows?only=r2000", answer(rows(NEW)))
    page.route("**/stream", answer(stream("r2000"), "text/event-stream"))
    before = page.locator("#row-r1009").bounding_box()
    page.mouse.move(500, 500)
    page.mouse.move(500, 505)
    page.locator(HELD).wait_for(timeout=10000)
    assert "1 change held while you are in the list: show" in page.locator(HELD).inner_text()
    assert page.locator("#row-r2000").count() == 0
    assert page.locator("#row-r1009").bounding_box() == before
    page.mouse.move(500, 5)
    page.locator("#row-r2000").wait_for()


def test_a_lost_line_is_said_in_words_with_the_time_of_the_last_news(page: Any, address: str) -> None:
    page.goto(f"{address}/board.html")
    page.get_by_text("Reconnecting, last news").wait_for()
    assert page.locator("[data-live-time]").inner_text() == "23:41:48"


@pytest.mark.parametrize("width", [1280, 320])
@pytest.mark.parametrize("name", ["call", "board", "incident", "desk", "supervise", "sign-in"])
def test_no_page_has_anything_that_axe_objects_to(
    browser: Any, address: str, name: str, width: int, tmp_path: Path
) -> None:
    wrong = look.look(browser, address, name, width, "dark" if width == 320 else "light", tmp_path)
    assert [line for line in wrong if "404" not in line and "net::" not in line] == []
