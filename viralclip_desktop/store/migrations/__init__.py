"""Alembic, run from inside the program: no ini file, no folder scan, nothing printed.

The revisions are imported as modules (``versions/__init__.py`` lists them), so that a packaged program
finds them as it finds any other module.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, inspect, text

if TYPE_CHECKING:
    from alembic.runtime.migration import MigrationContext, RevisionStep

HEAD = "0006"
"""The newest revision; a test holds it and ``versions`` together."""


def current(connection: Connection) -> str | None:
    """The revision of a database; None for an empty file. Needs no Alembic."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def known() -> frozenset[str]:
    """Every revision this program has."""
    from viralclip_desktop.store.migrations.versions import REVISIONS

    return frozenset(module.revision for module in REVISIONS)


def upgrade(connection: Connection) -> None:
    """Bring a database to ``HEAD`` inside the caller's transaction."""
    from alembic.operations import Operations
    from alembic.runtime.migration import MigrationContext

    if current(connection) == HEAD:
        return  # another process was first
    context = MigrationContext.configure(connection, opts={"fn": _steps})
    with Operations.context(context):
        context.run_migrations()


def _steps(heads: Any, _context: MigrationContext) -> list[RevisionStep]:
    from alembic.runtime.migration import MigrationStep
    from alembic.script.base import Script
    from alembic.script.revision import RevisionMap

    from viralclip_desktop.store.migrations.versions import REVISIONS

    scripts = [Script(module, module.revision, str(module.__file__)) for module in REVISIONS]
    revision_map = RevisionMap(lambda: scripts)
    missing = revision_map.iterate_revisions(HEAD, heads or None, implicit_base=True)
    steps = [
        MigrationStep.upgrade_from_script(revision_map, script)
        for script in missing
        if isinstance(script, Script)
    ]
    return steps[::-1]
