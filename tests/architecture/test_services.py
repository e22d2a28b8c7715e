"""A service takes its arguments by name, says who acts, and does all or nothing."""

import ast
from pathlib import Path

import pytest

from tests.architecture.source import called, modules, tree_of

NOT_ACTS = {
    "foundation/audit/services.py: under": "a context manager: it writes nothing",
    "foundation/audit/services.py: record_search": "a listener of Find, which calls it by position",
}
WITHOUT_ACTOR = {"foundation"}


def faults(tree: ast.Module, *, has_actor: bool = True) -> dict[str, list[str]]:
    """What is wrong with each public function of a services module."""
    found = {}
    for node in tree.body:
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) or node.name.startswith("_"):
            continue
        wrong = []
        if node.args.args or node.args.posonlyargs or node.args.vararg:
            wrong.append("takes arguments by position")
        if not any(ast.unparse(each).startswith("transaction.atomic") for each in node.decorator_list):
            wrong.append("is not atomic")
        if has_actor and "actor" not in {each.arg for each in node.args.kwonlyargs}:
            wrong.append("does not say who acts")
        if any(each.annotation is None for each in node.args.kwonlyargs) or node.returns is None:
            wrong.append("has no types")
        if not ast.get_docstring(node) and len(node.body) > 3:
            wrong.append("does not say what it changes")
        if wrong:
            found[node.name] = wrong
    return found


@pytest.mark.parametrize("path", modules("services.py"), ids=called)
def test_services_take_names_and_are_atomic(path: Path) -> None:
    has_actor = called(path).split("/")[0] not in WITHOUT_ACTOR
    found = faults(tree_of(path), has_actor=has_actor)
    assert {name: wrong for name, wrong in found.items() if f"{called(path)}: {name}" not in NOT_ACTS} == {}


def test_the_list_of_exceptions_names_nothing_that_is_gone() -> None:
    there = {
        f"{called(path)}: {node.name}"
        for path in modules("services.py")
        for node in tree_of(path).body
        if isinstance(node, ast.FunctionDef)
    }
    assert set(NOT_ACTS) <= there


@pytest.mark.parametrize(
    ("planted", "fault"),
    [
        (
            "@transaction.atomic\ndef close_case(case, *, actor: User) -> None: ...",
            "takes arguments by position",
        ),
        (
            "@transaction.atomic\ndef close_case(*cases, actor: User) -> None: ...",
            "takes arguments by position",
        ),
        ("def close_case(*, actor: User) -> None: ...", "is not atomic"),
        ("@cache\ndef close_case(*, actor: User) -> None: ...", "is not atomic"),
        ("@transaction.atomic\ndef close_case(*, reason: str) -> None: ...", "does not say who acts"),
        ("@transaction.atomic\ndef close_case(*, actor) -> None: ...", "has no types"),
    ],
)
def test_a_careless_service_is_found(planted: str, fault: str) -> None:
    assert fault in faults(ast.parse(planted))["close_case"]


def test_a_careful_one_and_its_private_parts_are_let_through() -> None:
    source = "@transaction.atomic\ndef close_case(*, actor: User) -> None: ...\ndef _write(case): ..."
    assert faults(ast.parse(source)) == {}
