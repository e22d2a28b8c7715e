"""Files stay short enough to read in one sitting, and no name says nothing."""

import ast
import re

import pytest

from tests.architecture.source import ROOT, called, functions, modules, tree_of

MODULE, FUNCTION, TEMPLATE = 300, 40, 100
EMPTY_NAMES = {
    "utils",
    "util",
    "helper",
    "helpers",
    "manager",
    "managers",
    "handler",
    "handlers",
    "common",
    "data",
    "info",
}
BLAMING = re.compile(
    r"risk-taking|at risk by their own|puts? (him|her|them)sel(f|ves) at risk|absconder|known gang",
    re.IGNORECASE,
)
OPENS_HTML = re.compile(r"\|\s*safe\b|\bmark_safe\b|autoescape off")
STORIES: dict[str, str] = {}
SILENT = {"__init__.py", "apps.py", "urls.py"}
WRITES_HTML: dict[str, str] = {}
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
PARTS = [*modules(), *sorted((ROOT / "launch").glob("*.py")), *sorted((ROOT / "tests").rglob("*.py"))]


def too_long(text: str, limit: int = MODULE) -> bool:
    """More lines than the limit, and no docstring that says why ("Longer than ... because ...")."""
    if len(text.splitlines()) <= limit:
        return False
    docstring = ast.get_docstring(ast.parse(text)) or ""
    return "longer" not in docstring.lower()


def test_every_module_is_short_or_says_why_not() -> None:
    assert [called(path) for path in PARTS if too_long(path.read_text())] == []


def test_a_long_module_is_found_and_a_reason_is_heard() -> None:
    assert too_long("x = 1\n" * 301)
    assert not too_long("x = 1\n" * 300)
    assert not too_long('"""Longer than 300 lines: one table."""\n' + "x = 1\n" * 301)


def long_functions(tree: ast.AST) -> list[str]:
    """Functions whose body, without its docstring, is longer than the limit."""
    return [f"{node.name}: {length}" for node in functions(tree) if (length := length_of(node)) > FUNCTION]


def length_of(node: ast.FunctionDef) -> int:
    first = node.body[1 if ast.get_docstring(node) and len(node.body) > 1 else 0]
    return (node.end_lineno or 0) - first.lineno + 1


def test_every_function_fits_on_a_screen() -> None:
    long = {called(path): long_functions(tree_of(path)) for path in modules() if called(path) not in STORIES}
    assert {name: found for name, found in long.items() if found} == {}


def test_a_long_function_is_found() -> None:
    assert long_functions(ast.parse("def f():\n    'Words.'\n" + "    x = 1\n" * 41)) == ["f: 41"]
    assert long_functions(ast.parse("def f():\n    'Words.'\n" + "    x = 1\n" * 40)) == []


def test_every_template_is_short() -> None:
    assert [called(path) for path in TEMPLATES if len(path.read_text().splitlines()) > TEMPLATE] == []


def test_no_module_has_a_name_that_says_nothing() -> None:
    assert [
        called(path) for path in PARTS if path.stem in EMPTY_NAMES or path.parent.name in EMPTY_NAMES
    ] == []


def test_every_module_says_what_belongs_in_it() -> None:
    speaking = [path for path in modules() if path.name not in SILENT and path.read_text().strip()]
    assert [called(path) for path in speaking if not ast.get_docstring(tree_of(path))] == []


def test_nothing_opens_the_way_for_html_from_people() -> None:
    found = [called(path) for path in [*TEMPLATES, *modules()] if OPENS_HTML.search(path.read_text())]
    assert [name for name in found if name not in WRITES_HTML] == []


@pytest.mark.parametrize(
    "planted", ["{{ words|safe }}", "{{ words | safe }}", "mark_safe(words)", "{% autoescape off %}"]
)
def test_html_from_people_is_found(planted: str) -> None:
    assert OPENS_HTML.search(planted)


def test_no_sentence_blames_a_child() -> None:
    assert [called(path) for path in [*TEMPLATES, *modules()] if BLAMING.search(path.read_text())] == []
    assert BLAMING.search("She puts herself at risk")
