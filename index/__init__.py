"""The store: documents, passages and their vectors and terms, published a generation at a time."""

import os

# Before any library is imported that would report its use: all of them come in through this package.
os.environ.update(HF_HUB_DISABLE_TELEMETRY="1", DO_NOT_TRACK="1")
