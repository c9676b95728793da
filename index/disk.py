"""What has been written, waited for until it is on the disk."""

import os
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
