"""A backup: the database as it is at one moment, and the files that nothing can make anew; never a key.

See docs/backups.md for what two backups tell whoever compares them.
"""

import tarfile
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO

from app.organisations import Act, require
from app.organisations.log import Deed
from app.services.log import note
from app.storage import Database

DATABASE_NAME = "driving-seat.db"


def write_backup(database: Database, folders: Sequence[Path], home: Path, out: IO[bytes]) -> None:
    """Write a tar of the database and of the folders, under the names that they have in the home folder.

    Raises NotFound, and Refused for PostgreSQL.
    """
    require(database.actor, Act.ADMINISTER)
    with TemporaryDirectory(dir=home, prefix=".backup-") as workspace:
        copy = Path(workspace) / DATABASE_NAME
        database.copy_to(copy)
        with database.writing() as connection:
            note(database, connection, Deed.BACKUP_TAKEN)
        with tarfile.open(fileobj=out, mode="w|") as archive:
            archive.add(copy, DATABASE_NAME, filter=_without_owner)
            for folder in folders:
                if folder.exists():
                    archive.add(folder, folder.name, filter=_without_owner)


def _without_owner(member: tarfile.TarInfo) -> tarfile.TarInfo:
    """Say nothing of whose account wrote a file, and when."""
    member.uid = member.gid = member.mtime = 0
    member.uname = member.gname = ""
    return member
