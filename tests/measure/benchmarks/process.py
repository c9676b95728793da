"""Run a command; print as JSON its seconds, its peak memory in MiB and its output: process.py COMMAND...

This is a script of its own, and small, since Linux counts the peak of a process from its parent's on.
"""

import json
import resource
import subprocess
import sys
import time

if __name__ == "__main__":
    started = time.perf_counter()
    done = subprocess.run(sys.argv[1:], stdout=subprocess.PIPE)
    seconds = time.perf_counter() - started
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(json.dumps({"seconds": seconds, "memory": memory, "output": done.stdout.decode()}))
    sys.exit(done.returncode)
