"""The office's own dated parameter values: added with the document they rest on, never overwriting what is shipped."""

from __future__ import annotations

from typing import Any

from jinan_desk.core.basis import Basis, Mark
from jinan_desk.core.dated import Dated, Parameter, ParameterSet
from jinan_desk.core.dates import parse_date
from jinan_desk.core.kind import Invalid
from jinan_desk.core.text import N_, Sentence
from jinan_desk.errors import DeskError
from jinan_desk.measures import all_parameters
from jinan_desk.store import Store

_SETTING = "parameters"


def office_parameters(store: Store) -> ParameterSet:
    """What the office has added, typed."""
    declared = all_parameters()
    added: dict[str, list[Dated]] = {}
    for entry in store.settings.get(_SETTING, []):
        parameter = declared.get(entry["key"])
        since = parse_date(entry["since"])
        if parameter is not None and since is not None:
            basis = Basis(Mark.UNKNOWN, entry["source"])
            added.setdefault(parameter.key, []).append(Dated(since, parameter.kind.read(entry["value"]), basis))
    return ParameterSet(added={key: tuple(values) for key, values in added.items()})


def add_parameter(store: Store, key: str, given: Any, *, since: str, source: str) -> Parameter:
    """Add a dated value in its JSON shape and answer the parameter. Raises DeskError for what cannot be one."""
    parameter = all_parameters().get(key)
    if parameter is None:
        raise DeskError(Sentence(N_("没有名为 {key} 的参数"), key=key))
    if parse_date(since) is None:
        raise DeskError(Sentence(N_("起始日应写作 2020-02-10")))
    if not source.strip():
        raise DeskError(Sentence(N_("请写明数值依据的文件")))
    try:
        parameter.kind.read(given)
    except Invalid as error:
        raise DeskError(Sentence(N_("{label}：{why}"), label=Sentence(parameter.label), why=error.sentence)) from None
    entry = {"key": key, "since": since, "value": given, "source": source.strip()}
    with store.transaction():
        store.settings.put(_SETTING, [*store.settings.get(_SETTING, []), entry])
    return parameter
