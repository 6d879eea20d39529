"""What others do with the same data. Usage: peers.py versions | table LIBRARY FILE | array FILE | pictures FOLDER SIDE draft|plain;
prints the seconds of the work alone, without imports, as JSON."""

import importlib
import json
import os
import sys
import time

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ[name] = "1"


def versions():
    found = {}
    for name, module in (("pandas", "pandas"), ("polars", "polars"), ("numpy", "numpy"), ("pillow", "PIL")):
        try:
            found[name] = importlib.import_module(module).__version__
        except ImportError:
            pass
    print(json.dumps(found))


def timed(work):
    started = time.perf_counter()
    work()
    print(json.dumps({"seconds": time.perf_counter() - started}))


def table(library, path):
    is_parquet = path.endswith(".parquet")
    if library == "pandas":
        import pandas

        if is_parquet:
            import pyarrow.parquet  # noqa: F401  its import is not the work

        timed(lambda: (pandas.read_parquet if is_parquet else pandas.read_csv)(path).describe())
    else:
        import polars

        timed(lambda: (polars.read_parquet if is_parquet else polars.read_csv)(path).describe())


def array(path):
    import numpy

    def work():
        loaded = numpy.load(path)
        for values in [loaded] if isinstance(loaded, numpy.ndarray) else [loaded[name] for name in loaded.files]:
            values.mean(), values.std(), values.min(), values.max()

    timed(work)


def pictures(folder, side, mode):
    from PIL import Image

    files = sorted(os.path.join(root, name) for root, _, names in os.walk(folder) for name in names)

    def work():
        for path in files:
            with Image.open(path) as picture:
                if mode == "draft":
                    picture.draft("RGB", (side, side))  # the decoder shrinks while it decodes
                picture.convert("RGB").resize((side, side)).tobytes()  # bicubic

    timed(work)


what, *words = sys.argv[1:]
if what == "versions":
    versions()
elif what == "table":
    table(*words)
elif what == "array":
    array(*words)
else:
    pictures(words[0], int(words[1]), words[2])
