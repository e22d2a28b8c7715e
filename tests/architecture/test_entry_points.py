"""What stands at the door (pages, panels, commands, tasks) reads rows only through `visible_to`."""

import ast
from pathlib import Path

import pytest

from tests.architecture.source import called, modules, tree_of

DOORS = {
    "views.py",
    "hub_views.py",
    "api.py",
    "pages.py",
    "screens.py",
    "panel.py",
    "forms.py",
    "tasks.py",
    "schedules.py",
    "context.py",
    "reports.py",
}
PLAIN = {
    "Term": "vocabulary: labels, nothing about a child",
    "TimeLimit": "vocabulary: time limits",
    "Team": "who works here: everybody signed in may read it",
    "Agency": "who works here: everybody signed in may read it",
    "Area": "who works here: everybody signed in may read it",
    "User": "who works here: everybody signed in may read it",
}
EXCEPTIONS: dict[str, str] = {}
MANAGERS = {"objects", "_default_manager", "_base_manager"}
PAST_THE_ORM = {"as_owner", "connection", "connections", "RawSQL"}
RAW = {"raw", "extra", "cursor"}
SHORTCUTS = {"get_object_or_404", "get_list_or_404"}
OWNERS_COMMANDS = {
    "demo": "loads the demo's own data",
    "flush.py": "empties tests",
    "roles": "makes accounts",
}


def doors() -> list[Path]:
    commands = [path for path in modules() if path.parent.name == "commands" and path.name != "__init__.py"]
    return [
        path for path in [*modules(*DOORS), *commands] if "demo" not in path.parts and path.name != "flush.py"
    ]


def unscoped(tree: ast.AST) -> list[str]:
    """Reads that do not go through `visible_to`, with their line."""
    attributes = [node for node in ast.walk(tree) if isinstance(node, ast.Attribute)]
    scoped = {id(node.value) for node in attributes if node.attr == "visible_to"}
    found = [
        (node.lineno, f"{ast.unparse(node)} without visible_to")
        for node in attributes
        if node.attr in MANAGERS
        and id(node) not in scoped
        and ast.unparse(node.value).split(".")[-1] not in PLAIN
    ]
    found += [
        (node.lineno, f"{ast.unparse(node)} goes past the ORM") for node in attributes if node.attr in RAW
    ]
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom | ast.Import):
            names = {alias.name.split(".")[-1] for alias in node.names}
            found += [(node.lineno, f"imports {name}") for name in sorted(names & PAST_THE_ORM)]
        if (
            isinstance(node, ast.Call)
            and node.args
            and isinstance(node.func, ast.Name)
            and node.func.id in SHORTCUTS
        ):
            first = node.args[0]
            if isinstance(first, ast.Name) and first.id[:1].isupper() and first.id not in PLAIN:
                found.append((node.lineno, f"{node.func.id}({first.id}) without visible_to"))
        if isinstance(node, ast.ClassDef):
            found += [
                (each.lineno, f"{node.name} lets Django choose the rows")
                for each in node.body
                if chooses(each)
            ]
    return [f"line {line}: {what}" for line, what in sorted(found)]


def chooses(statement: ast.stmt) -> bool:
    """`model = Case` on a generic view or a model form."""
    if not isinstance(statement, ast.Assign) or not isinstance(statement.value, ast.Name):
        return False
    names = {target.id for target in statement.targets if isinstance(target, ast.Name)}
    return bool(names & {"model", "queryset"}) and statement.value.id not in PLAIN


@pytest.mark.parametrize("path", doors(), ids=called)
def test_an_entry_point_reads_only_what_the_viewer_may_see(path: Path) -> None:
    left = [
        line for line in unscoped(tree_of(path)) if f"{called(path)} {line.split(': ')[1]}" not in EXCEPTIONS
    ]
    assert left == []


def test_the_doors_are_found() -> None:
    names = {called(path) for path in doors()}
    assert {
        "cases/records/views.py",
        "cases/records/pages.py",
        "referrals/views.py",
        "actionplan/views.py",
    } <= names
    assert any("management/commands" in name for name in names)
    assert len(EXCEPTIONS) < 4


@pytest.mark.parametrize(
    "planted",
    [
        "rows = Case.objects.all()",
        "rows = Case.objects.filter(pk=1).visible_to(user)",
        "rows = models.Case.objects.count()",
        "rows = type(case)._default_manager.get(pk=1)",
        "rows = Case._base_manager.first()",
        "manager = Case.objects",
        "get_object_or_404(Case, pk=1)",
        "get_list_or_404(Case)",
        "rows = Case.objects.raw('SELECT 1')",
        "from django.db import connection",
        "from foundation.base.pg.roles import as_owner",
        "class Detail(DetailView):\n    model = Case",
        "def panel(user):\n    def inner():\n        return Person.objects.get()\n    return inner",
    ],
)
def test_a_read_around_the_wall_is_found(planted: str) -> None:
    assert unscoped(ast.parse(planted))


@pytest.mark.parametrize(
    "honest",
    [
        "rows = Case.objects.visible_to(user).filter(pk=1)",
        "get_object_or_404(Case.objects.visible_to(user), pk=1)",
        "labels = Term.objects.of('harm_type').labels()",
        "class Write(FormView):\n    form_class = EntryForm",
    ],
)
def test_an_honest_read_is_let_through(honest: str) -> None:
    assert unscoped(ast.parse(honest)) == []
