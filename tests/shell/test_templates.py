"""Every page renders from plain values, with nothing in it that the content security policy would refuse."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from jinja2 import DictLoader, Environment, FileSystemLoader

from fellwatch.shell import jinja
from tests.shell import gallery

VOID = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr", "path", "rect", "circle"}


class Outline(HTMLParser):
    """What a page's tags say: unclosed ones, repeated ids, labels without a field."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.wrong: list[str] = []
        self.ids: list[str] = []
        self.labels: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if given.get("id"):
            self.ids.append(str(given["id"]))
        if tag == "label" and given.get("for"):
            self.labels.append(str(given["for"]))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A tag that closes itself opens nothing."""

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        if not self.open or self.open.pop() != tag:
            self.wrong.append(tag)


@pytest.fixture(scope="module", params=sorted(gallery.pages()))
def page(request: pytest.FixtureRequest) -> str:
    template, values = gallery.pages()[request.param]
    return gallery.render(template, values)


def test_every_tag_is_closed_where_it_was_opened(page: str) -> None:
    outline = Outline(page)
    assert (outline.open, outline.wrong) == ([], [])


def test_no_id_is_used_twice_and_every_label_has_its_field(page: str) -> None:
    outline = Outline(page)
    assert sorted(set(outline.ids)) == sorted(outline.ids)
    assert set(outline.labels) <= set(outline.ids)


def test_nothing_inline_that_the_policy_would_refuse(page: str) -> None:
    assert not re.search(r"<[^>]+\sstyle=", page)
    assert not re.search(r"<[^>]+\son[a-z]+=", page)
    scripts = re.findall(r"<script([^>]*)>", page)
    assert all("src=" in given or 'type="application/json"' in given for given in scripts)


def test_nothing_reserved_to_the_government_is_named(page: str) -> None:
    assert "GOV.UK" not in page
    assert "crown" not in page.lower()


def test_a_page_needs_no_script_to_send_what_is_on_it(page: str) -> None:
    forms = [form for form in re.findall(r"<form[^>]*>.*?</form>", page, re.S) if 'name="credential"' not in form]
    outside = set(re.findall(r'<button[^>]*form="([^"]+)"', page))
    named = [form for form in forms if (found := re.match(r'<form id="([^"]+)"', form)) and found[1] in outside]
    assert [form for form in forms if form not in named and not re.search(r"<button", form)] == []


def test_what_people_typed_is_escaped() -> None:
    template, values = gallery.pages()["call"]
    nasty = {**values["values"], "caller_name": '"><script>alert(1)</script>'}
    html = gallery.render(template, {**values, "values": nasty})
    assert "<script>alert" not in html
    assert "&lt;script&gt;" in html


def test_a_page_is_compiled_by_the_first_process_and_found_by_the_next(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.setattr(jinja, "COMPILED", tmp_path / "compiled")
    page = tmp_path / "page.html"
    page.write_text("Now {{ kept }}")

    def say() -> str:
        return jinja.environment(loader=FileSystemLoader(tmp_path)).get_template("page.html").render(kept="here")

    assert say() == "Now here"
    with monkeypatch.context() as second:
        second.setattr(Environment, "compile", lambda *_: pytest.fail("compiled again"))
        assert say() == "Now here"
    page.write_text("Then {{ kept }}")
    assert say() == "Then here", "a page that has changed is compiled anew"


def test_pages_are_compiled_anew_where_nothing_can_be_kept(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    (tmp_path / "file").write_text("no folder can be made here")
    monkeypatch.setattr(jinja, "COMPILED", tmp_path / "file" / "compiled")
    assert jinja.environment(loader=DictLoader({"page.html": "Now"})).get_template("page.html").render() == "Now"
