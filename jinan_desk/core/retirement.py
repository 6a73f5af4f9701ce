"""The day of retirement, as the support policies count it (catalogue 1.5, 2.2).

The class decides the age; it is told by the person and not inferred from the identity number. Ages are those in force
for people who reach them before 2025; for later ones the gradual rise applies, of which a warning tells.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from jinan_desk.core.dated import Parameter, Values
from jinan_desk.core.dates import plus_years
from jinan_desk.core.field import Facts, Field
from jinan_desk.core.identity import birth_date, is_female
from jinan_desk.core.kind import Choice
from jinan_desk.core.measure import Warn
from jinan_desk.core.text import N_
from jinan_desk.core.unknown import Unknown

RETIREMENT_CLASSES = (("men60", N_("男职工")), ("women55", N_("女干部")), ("women50", N_("女工人")))
RETIREMENT_CLASS = Field(
    "retirement_class", Choice(RETIREMENT_CLASSES), N_("退休类别"), help=N_("决定法定退休年龄，以档案认定为准")
)
GRADUAL_RISE = date(2025, 1, 1)
"""The first day on which the ages rise: 全国人民代表大会常务委员会关于实施渐进式延迟法定退休年龄的决定 (2024)."""


def retirement_day(facts: Facts, values: Values, ages: Parameter) -> date:
    """The day on which the person of `id_number` reaches the age of `retirement_class`."""
    id_number, retirement_class = facts.all("id_number", "retirement_class")
    return day_of_class(id_number, retirement_class, values, ages)


def day_of_class(id_number: str, retirement_class: str, values: Values, ages: Parameter) -> date:
    """The same of somebody in that class. `values` may be an office's own; an age that it lacks is unknown."""
    age = values[ages].get(retirement_class)
    if age is None:
        raise Unknown(f"parameter:{ages.key}")
    born = birth_date(id_number)
    assert born is not None  # the kind of the field has refused impossible days
    return plus_years(born, age)


def retires(ages: Parameter) -> Callable[[Facts, Values], date]:
    """The rule for the retirement day of somebody whose class is told."""
    return lambda facts, values: retirement_day(facts, values, ages)


def retires_at_latest(ages: Parameter) -> Callable[[Facts, Values], date]:
    """The rule for the latest day on which somebody of that sex retires, where the class is not asked for."""

    def latest(facts: Facts, values: Values) -> date:
        of_women = is_female(facts.id_number)
        classes = (word for word, _ in RETIREMENT_CLASSES if word.startswith("women") is of_women)
        return max(day_of_class(facts.id_number, word, values, ages) for word in classes)

    return latest


def _sex_differs(facts: Facts, _values: Values) -> bool:
    id_number, retirement_class = facts.all("id_number", "retirement_class")
    return is_female(id_number) is (retirement_class == "men60")


def _rises_gradually(ages: Parameter) -> Callable[[Facts, Values], bool]:
    return lambda facts, values: retirement_day(facts, values, ages) >= GRADUAL_RISE


def retirement_warnings(ages: Parameter) -> tuple[Warn, ...]:
    """What to look at where a retirement day is counted with."""
    return (
        Warn("retirement_class_sex", N_("退休类别与身份证号的性别不一致，请核对"), _sex_differs),
        Warn(
            "gradual_retirement", N_("2025年1月1日起实施渐进式延迟法定退休年龄，请核对退休日期"), _rises_gradually(ages)
        ),
    )
