"""How fast the product is, as ratios within one run; `make bench`. See docs/performance.md."""

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # as the service does
