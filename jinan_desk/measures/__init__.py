"""The articles of the circular, one module each: `m06_stay_refund.py` holds article 6 and nothing else knows its name.

A module declares one frozen `MEASURE`; adding an article is one new file and no edited one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from jinan_desk.core.dated import Parameter
from jinan_desk.core.measure import Measure, Programme
from jinan_desk.measures.local import LOCAL_PARAMETERS

_ARTICLE = re.compile(r"m[0-9]{2}_[a-z_]+")


@cache
def all_measures() -> tuple[Measure, ...]:
    """Every measure, in the order of the articles. Raises RuntimeError where there is none (a broken build)."""
    names = sorted(module.name for module in iter_modules(__path__) if _ARTICLE.fullmatch(module.name))
    measures = tuple(import_module(f"{__name__}.{name}").MEASURE for name in names)
    if not measures:
        raise RuntimeError("no measures found: the program is incomplete")
    return measures


def programmes() -> Iterator[tuple[Measure, Programme]]:
    """Every programme with its measure."""
    return ((measure, programme) for measure in all_measures() for programme in measure.programmes)


@cache
def all_parameters() -> Mapping[str, Parameter]:
    """Every parameter by key: of all programmes, and the local ones that none of them reads."""
    declared = (parameter for _, programme in programmes() for parameter in programme.parameters)
    return {parameter.key: parameter for parameter in (*LOCAL_PARAMETERS, *declared)}


def find(code: str) -> tuple[Measure, Programme] | None:
    """The programme of that code with its measure, or None."""
    return _by_code().get(code)


@cache
def _by_code() -> Mapping[str, tuple[Measure, Programme]]:
    return {pair[1].code: pair for pair in programmes()}
