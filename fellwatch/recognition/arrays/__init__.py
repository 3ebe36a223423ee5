"""The index as compact arrays, and the compiled code that looks people up and weighs them. No database.

Strings become numbers once (`vocabulary`, `packing`), people become rows of numbers (`columns`), rows become sorted
postings (`build`, `segment`). A query (`question`) is looked up (`seek`) and weighed (`names`, `fields`, `look`)
without Python.

Compiled code is kept on disk under a digest of all of this folder: numba itself does not notice that a function in
another file, which it has compiled in, has changed.
"""

import hashlib
import os
from pathlib import Path

import numba

_HERE = Path(__file__).parent


def _kept_in() -> Path:
    """Beside the code where that can be written, else among the installation's own files: nobody else writes there."""
    sources = b"".join(file.read_bytes() for file in sorted(_HERE.glob("*.py")))
    ours = _HERE if os.access(_HERE, os.W_OK) else Path(os.environ.get("FELLWATCH_VAR", "var")).resolve()
    return ours / "__pycache__" / f"compiled-{hashlib.sha256(sources).hexdigest()[:16]}"


numba.config.CACHE_DIR = str(_kept_in())  # type: ignore[attr-defined]
