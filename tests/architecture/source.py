"""Where the product's source is, for the tests that read it."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = (
    "safeguarding",
    "demo",
    "referrals",
    "reviews",
    "riskassess",
    "actionplan",
    "cases",
    "foundation",
    "bench",
)


def modules(*names: str) -> list[Path]:
    """Every module of the product, or those with one of these file names; migrations apart."""
    found = [path for package in PACKAGES for path in sorted((ROOT / package).rglob("*.py"))]
    return [path for path in found if "migrations" not in path.parts and (not names or path.name in names)]


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text())


def called(path: Path) -> str:
    """The module's path as people say it."""
    return str(path.relative_to(ROOT))


def functions(tree: ast.AST) -> Iterator[ast.FunctionDef]:
    yield from (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))
