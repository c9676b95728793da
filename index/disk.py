"""Files that are written once: named a second time, and waited for until they are on the disk."""

import os
import shutil
from pathlib import Path


def sync_to_disk(folder: Path) -> None:
    """Wait until the folder's files, itself and its parents are on the disk."""
    for path in (*folder.rglob("*"), folder, folder.parent, folder.parent.parent):
        if not path.is_file() and not path.is_dir():
            continue
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def link(file: Path, name: Path) -> None:
    """A second name for a file that nobody changes in place; a copy where the file system has no links."""
    try:
        os.link(file, name)
    except FileNotFoundError:
        raise
    except OSError:
        shutil.copy2(file, name)
