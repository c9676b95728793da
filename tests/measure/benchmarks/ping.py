"""Ask a server for its lightest page every 50 ms until standard input ends; print the milliseconds as JSON.

ping.py HOST:PORT PATH, a script of its own so that nothing but the server delays it.
"""

import json
import sys
import threading
import time
from http.client import HTTPConnection

if __name__ == "__main__":
    connection = HTTPConnection(sys.argv[1], timeout=600)
    over = threading.Event()
    threading.Thread(target=lambda: (sys.stdin.read(), over.set()), daemon=True).start()
    times = []
    while not over.wait(0.05):
        started = time.perf_counter()
        connection.request("GET", sys.argv[2])
        connection.getresponse().read()
        times.append(1000 * (time.perf_counter() - started))
    print(json.dumps(times))
