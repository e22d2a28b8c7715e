"""Rules for every template of the service, and the components drawn one by one."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.template.loader import render_to_string

from foundation.web.templatetags.web import in_words

ROOT = Path(settings.ROOT)
TEMPLATES = sorted(
    path
    for path in [*ROOT.glob("templates/**/*.html"), *ROOT.glob("*/**/templates/**/*.html")]
    if not {"node_modules", "build", ".venv"} & set(path.relative_to(ROOT).parts)
)

FORBIDDEN = {
    "an inline style": r"<[^>]*\sstyle\s*=|<style",
    "an inline script": r"<script(?![^>]*\ssrc=)",
    "an inline event": r"<[^>]*\son[a-z]+\s*=",
    "unescaped words": r"\|\s*safe\b|autoescape off",
    "an address elsewhere": r"(?:src|href|action)\s*=\s*[\"'](?:https?:)?//",
    "a javascript address": r"javascript:",
}


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_template_keeps_the_rules(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    text = re.sub(r"\{#.*?#\}|\{% comment %\}.*?\{% endcomment %\}", "", text, flags=re.DOTALL)
    for what, pattern in FORBIDDEN.items():
        found = re.search(pattern, text, flags=re.IGNORECASE)
        assert found is None, f"{what}: {found[0] if found else ''}"
    assert len(text.splitlines()) <= 100


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_form_that_posts_carries_its_token(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    posting = re.findall(r'<form[^>]*method="post".*?</form>', text, flags=re.DOTALL)
    for form in posting:
        assert "{% csrf_token %}" in form


SHAPES = ["on-track", "at-risk", "off-track", "complete", "not-rated", "waiting", "open", "decided"]


def test_every_status_has_a_shape_of_its_own_and_a_word() -> None:
    drawn = {}
    for shape in SHAPES:
        html = render_to_string("components/status.html", {"shape": shape, "word": "In words"})
        assert '<span class="app-status__word">In words</span>' in html
        assert 'aria-hidden="true"' in html
        drawn[shape] = re.sub(r"\s+", " ", html[html.index("<svg") : html.index("</svg>")])
    assert len(set(drawn.values())) == len(SHAPES)


def test_a_summary_list_keeps_paragraphs_and_names_gaps() -> None:
    rows = [
        {"key": "What you saw", "value": "One.\n\nTwo <b>."},
        {"key": "Worries", "value": ["Missing", "Weapon"], "change_url": "/x/", "change_what": "worries"},
        {"key": "Date of birth", "value": None},
        {"key": "Count", "value": 0},
    ]
    html = render_to_string("components/summary_list.html", {"rows": rows})
    assert "<p>One.</p>" in html
    assert "<p>Two &lt;b&gt;.</p>" in html
    assert '<p class="app-summary__line">Weapon</p>' in html
    assert 'Change<span class="govuk-visually-hidden"> worries</span>' in html
    assert "<p>Not known</p>" in html
    assert "<p>0</p>" in html


def test_the_identity_bar_names_the_person_and_each_fact() -> None:
    html = render_to_string("components/identity_bar.html", {"name": "Kit", "facts": [("Age", "15")]})
    assert "Kit" in html
    assert re.search(r"<dt>Age</dt>\s*<dd>\s*15\s*</dd>", html)


@pytest.mark.parametrize(
    ("length", "words"),
    [
        (timedelta(minutes=15), "15 minutes"),
        (timedelta(hours=0.25), "15 minutes"),
        (timedelta(seconds=20), "1 minute"),
        (timedelta(seconds=61), "2 minutes"),
        (timedelta(hours=1), "1 hour"),
        (timedelta(hours=2), "2 hours"),
        (timedelta(minutes=90), "90 minutes"),
    ],
)
def test_a_length_of_time_is_said_in_words(length: timedelta, words: str) -> None:
    assert in_words(length) == words


def test_the_page_for_a_locked_account_says_how_long() -> None:
    html = render_to_string("account/locked_out.html", {"cooloff_timedelta": timedelta(minutes=15)})
    assert "stopped more for 15 minutes" in html
    assert "team manager" in html
