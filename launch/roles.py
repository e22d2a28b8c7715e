"""The database roles: who owns, who serves, who sweeps, who backs up. Each run makes what is missing.

`python launch/roles.py` sees to the roles behind DATABASE_OWNER_URL (or DATABASE_URL); `--print` only prints
the SQL; `--test` adds what tests need. Exit status 1 if something is missing that this login may not make:
the SQL is printed.
"""

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict

ROLES = {
    "sg_owner": "NOLOGIN",  # owns database, schema and tables
    "sg_app": "NOLOGIN",  # all that web and worker may do
    "sg_access": "NOLOGIN",  # owns the functions that look at grants
    "sg_sweep": "NOLOGIN",  # sees deadlines, notices, teams and memberships of everybody, nothing else
    "sg_web": "LOGIN NOINHERIT",
    "sg_worker": "LOGIN NOINHERIT",
    "sg_migrate": "LOGIN NOINHERIT",
    "sg_backup": "LOGIN BYPASSRLS",
}
WEB = ("sg_app",)
WORKER = ("sg_app", "sg_sweep")
OWNER = ("sg_owner", "sg_app", "sg_access", "sg_sweep")
MEMBERS = {"sg_web": WEB, "sg_worker": WORKER, "sg_migrate": OWNER, "sg_backup": ("pg_read_all_data",)}
PARAMETER = "session_replication_role"
MEMBERSHIPS = (
    b"SELECT r.rolname, u.rolname FROM pg_auth_members m"
    b" JOIN pg_roles r ON r.oid = m.roleid JOIN pg_roles u ON u.oid = m.member"
)
REFUSED = (psycopg.errors.InsufficientPrivilege, psycopg.errors.UndefinedObject)


@dataclass(frozen=True)
class Wanted:
    """What should be there: the fixed roles, and what the logins in the addresses need besides."""

    administrator: str
    logins: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    for_tests: bool = False

    @classmethod
    def from_addresses(cls, owner: str, web: str, worker: str, for_tests: bool) -> "Wanted":
        """One login may serve several purposes; it then gets the roles of all of them."""
        logins: dict[str, tuple[str, ...]] = {}
        for address, roles in ((web, WEB), (worker, WORKER), (owner, OWNER)):
            login = str(conninfo_to_dict(address).get("user") or os.environ.get("PGUSER") or "")
            if login and login not in ROLES:
                logins[login] = tuple(dict.fromkeys(logins.get(login, ()) + roles))
        return cls(owner, logins, for_tests)


@dataclass(frozen=True)
class Found:
    """What is there, read from the catalogues."""

    version: int = 18
    database: str = "sg"
    roles: frozenset[str] = frozenset()
    superusers: frozenset[str] = frozenset()
    members: frozenset[tuple[str, str]] = frozenset()  # (role, member), only where SET ROLE is allowed
    may_connect: frozenset[str] = frozenset()
    open_to_public: bool = True
    owner_may_create: bool = False
    public_may_create: bool = True
    owner_makes_databases: bool = False
    owner_sets_parameter: bool = False


class Missing(Exception):
    """Statements that are needed and that this login may not run."""

    def __init__(self, statements: list[str]) -> None:
        super().__init__("\n".join(statements))
        self.statements = statements


def look(connection: psycopg.Connection) -> Found:
    """Read the catalogues."""
    version = connection.info.server_version // 10000
    settable = b" WHERE m.set_option" if version >= 16 else b""
    rows = connection.execute("SELECT rolname, rolsuper, rolcreatedb FROM pg_roles").fetchall()
    names = frozenset(row[0] for row in rows)
    members = connection.execute(MEMBERSHIPS + settable).fetchall()
    acl = connection.execute(
        "SELECT a.grantee::regrole::text, a.privilege_type FROM pg_database d,"
        " aclexplode(coalesce(d.datacl, acldefault('d', d.datdba))) a WHERE d.datname = current_database()"
    ).fetchall()
    owner = "sg_owner" in names
    return Found(
        version=version,
        database=connection.info.dbname,
        roles=names,
        superusers=frozenset(row[0] for row in rows if row[1]),
        members=frozenset((row[0], row[1]) for row in members),
        may_connect=frozenset(name.strip('"') for name, right in acl if right == "CONNECT"),
        open_to_public=any(name == "-" for name, _ in acl),
        owner_may_create=owner
        and ask(connection, "has_schema_privilege('sg_owner', 'public', 'CREATE WITH GRANT OPTION')"),
        public_may_create=ask(connection, "has_schema_privilege('public', 'public', 'CREATE')"),
        owner_makes_databases=any(row[0] == "sg_owner" and row[2] for row in rows),
        owner_sets_parameter=owner
        and ask(connection, f"has_parameter_privilege('sg_owner', '{PARAMETER}', 'SET')"),
    )


def ask(connection: psycopg.Connection, question: str) -> bool:
    """One yes or no from the server. Only for questions written in this file."""
    row = connection.execute(f"SELECT {question}".encode()).fetchone()
    return bool(row and row[0])


def cluster_plan(found: Found, wanted: Wanted) -> list[str]:
    """Statements for roles and memberships that are missing."""
    plan = [f"CREATE ROLE {name} {options};" for name, options in ROLES.items() if name not in found.roles]
    for member, roles in {**MEMBERS, **wanted.logins}.items():
        if member in found.superusers:
            continue
        missing = [role for role in roles if (role, member) not in found.members]
        # A login of somebody else's making may inherit: then row rules for sg_access would cover it too.
        quietly = " WITH INHERIT FALSE, SET TRUE" if found.version >= 16 and member not in ROLES else ""
        if missing:
            plan.append(f"GRANT {', '.join(missing)} TO {quoted(member)}{quietly};")
    if wanted.for_tests and not found.owner_makes_databases:
        plan.append("ALTER ROLE sg_owner CREATEDB;")
    if wanted.for_tests and not found.owner_sets_parameter:
        plan.append(f"GRANT SET ON PARAMETER {PARAMETER} TO sg_owner;")
    return plan


def database_plan(found: Found, wanted: Wanted) -> list[str]:
    """Statements for the rights on the database and its schema that are missing."""
    plan = []
    callers = [name for name in [*MEMBERS, *wanted.logins] if name not in found.superusers]
    for name in callers:
        if name not in found.may_connect:
            plan.append(f"GRANT CONNECT ON DATABASE {quoted(found.database)} TO {quoted(name)};")
    if found.open_to_public:  # also takes TEMP away: no temporary tables, so no triggers made by the app
        plan.append(f"REVOKE ALL ON DATABASE {quoted(found.database)} FROM PUBLIC;")
    if found.public_may_create:
        plan.append("REVOKE CREATE ON SCHEMA public FROM PUBLIC;")
    if not found.owner_may_create:
        plan.append("GRANT CREATE, USAGE ON SCHEMA public TO sg_owner WITH GRANT OPTION;")
    return plan


def quoted(name: str) -> str:
    """An SQL name; quoted only where it must be, so that printed SQL reads well."""
    return name if name.isidentifier() and name.islower() else sql.Identifier(name).as_string(None)


def can_wait(statement: str) -> bool:
    """Nothing that runs needs the backup login; only a superuser (or its like) can make it."""
    return "sg_backup" in statement


def apply(connection: psycopg.Connection, plan: list[str]) -> None:
    """Run the statements in order, up to the first that is needed and that this login may not run."""
    for statement in plan:
        try:
            connection.execute(statement.encode())
        except REFUSED:
            if not can_wait(statement):
                return


def ensure(wanted: Wanted) -> list[str]:
    """Make what is missing. Give back statements that can wait; raise Missing for those that cannot."""
    with psycopg.connect(wanted.administrator, autocommit=True, connect_timeout=5) as connection:
        connection.add_notice_handler(lambda notice: None)
        apply(connection, cluster_plan(look(connection), wanted))
        apply(connection, database_plan(look(connection), wanted))
        found = look(connection)
        refused = [*cluster_plan(found, wanted), *database_plan(found, wanted)]
    if any(not can_wait(statement) for statement in refused):
        raise Missing(refused)
    return refused


def make_database(administrator: str, name: str) -> None:
    """On our own cluster: the roles, then the database that sg_owner owns."""
    with psycopg.connect(administrator, autocommit=True) as connection:
        apply(connection, cluster_plan(look(connection), Wanted(administrator)))
        known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone()
        if not known:
            create = sql.SQL("CREATE DATABASE {} OWNER sg_owner").format(sql.Identifier(name))
            connection.execute(create)


def from_environment(for_tests: bool) -> Wanted | None:
    """What the addresses in the environment ask for; None if there are none."""
    web = os.environ.get("DATABASE_URL")
    owner = os.environ.get("DATABASE_OWNER_URL") or web
    if not owner:
        return None
    worker = os.environ.get("DATABASE_WORKER_URL") or web or owner
    return Wanted.from_addresses(owner, web or owner, worker, for_tests)


def main(words: list[str]) -> int:
    """The command line."""
    wanted = from_environment("--test" in words)
    try:
        if "--print" in words:
            print("\n".join(everything_missing(wanted, "--test" in words)) or "-- Nothing is missing.")
            return 0
        if wanted is None:
            print("Set DATABASE_OWNER_URL (or DATABASE_URL) to the database to prepare.", file=sys.stderr)
            return 1
        later = ensure(wanted)
    except Missing as missing:
        print(missing)
        print("This login may not make these roles: let an administrator run the SQL above.", file=sys.stderr)
        return 1
    except psycopg.OperationalError as failed:
        print(f"The database does not answer: {first_line(failed)}", file=sys.stderr)
        return 1
    print("\n".join(["Roles are in place.", *(f"-- can wait: {statement}" for statement in later)]))
    return 0


def everything_missing(wanted: Wanted | None, for_tests: bool) -> list[str]:
    """The SQL that is still needed; for a server we do not know, all of it."""
    if wanted is None:
        empty, nobody = Found(), Wanted("", for_tests=for_tests)
        create = f"CREATE DATABASE {empty.database} OWNER sg_owner;"
        into = f"\\connect {empty.database}"  # psql's word: the rest speaks of the new database's own schema
        return [*cluster_plan(empty, nobody), create, into, *database_plan(empty, nobody)]
    with psycopg.connect(wanted.administrator, autocommit=True, connect_timeout=5) as connection:
        found = look(connection)
    return [*cluster_plan(found, wanted), *database_plan(found, wanted)]


def first_line(failed: Exception) -> str:
    """The first line of an error, which holds no password."""
    return (str(failed).strip().splitlines() or ["no reason given"])[0]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
