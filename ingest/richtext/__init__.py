"""Rich Text Format, as word processors exchange it."""
