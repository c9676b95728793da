"""A process that keeps one conversation after the other and says so, until it is killed."""

import sys
from pathlib import Path

from app.web.service.conversations import Conversations
from app.web.service.exchange import Exchange
from app.web.service.filters import Filter
from tests.support.fake_service import FakeService

if __name__ == "__main__":
    kept, answer = Conversations(Path(sys.argv[1])), FakeService().ask("lease")
    while True:
        key = ""
        for n in range(3):
            key = kept.append(key, Exchange(f"lease {n}", Filter(), answer)).id
            print(key, n + 1, flush=True)
