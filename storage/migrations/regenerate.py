"""Writes the first revision anew from storage/schema: `python -m storage.migrations.regenerate`.

Only until the first release; after that the schema moves by further revisions (CONTRIBUTING.md).
"""

from pathlib import Path
from typing import Any, Literal

from alembic.autogenerate import render_python_code
from alembic.autogenerate.api import AutogenContext
from alembic.migration import MigrationContext
from alembic.operations.ops import CreateIndexOp, CreateTableOp, UpgradeOps

from storage.schema import Instant, metadata

FIRST = Path(__file__).parent / "versions" / "0001_first.py"
_HEAD = '''"""The first schema. Written by `python -m storage.migrations.regenerate`; not edited by hand."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
'''


def first_revision() -> str:
    """The text of the first revision as the schema stands now."""
    # rendered as PostgreSQL, because SQLite takes its `false` for a default where PostgreSQL refuses SQLite's `0`
    context = MigrationContext.configure(dialect_name="postgresql")
    steps = UpgradeOps()
    for table in metadata.sorted_tables:
        indexes = sorted(table.indexes, key=lambda index: str(index.name))
        steps.ops += [CreateTableOp.from_table(table), *map(CreateIndexOp.from_index, indexes)]
    body = render_python_code(steps, migration_context=context, render_item=_render)
    lines = [line.removeprefix("    ") for line in body.splitlines() if "###" not in line]
    return _HEAD + "".join(f"    {line}\n" for line in lines)


def _render(kind: str, item: Any, _: AutogenContext) -> str | Literal[False]:
    # a revision stays what it was when our own type changes
    return "sa.Float(53)" if kind == "type" and isinstance(item, Instant) else False


if __name__ == "__main__":
    FIRST.write_text(first_revision(), encoding="utf-8")
