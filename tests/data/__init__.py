"""Stores and packages as earlier versions wrote them; later versions must open them.

`VERSION.db` is a store, its key is `KEY`; `VERSION.xlsx` is a package of it. `make.py` writes those of this version.
Nobody in them exists.
"""

KEY = bytes(range(32))
