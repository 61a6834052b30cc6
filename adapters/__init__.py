"""Everything that touches the world: the command, the terminal, settings and stores.

`bootstrap.py` is where the parts are put together; `command.py` is where a person comes in.
"""

import os

# Before numpy and FAISS are there: threads that share one small product cost more in waiting for each other than they
# save, and take the processors from whatever else is being answered. Whoever sets these means it.
for _library in ("OPENBLAS", "OMP"):
    os.environ.setdefault(f"{_library}_NUM_THREADS", "1")
