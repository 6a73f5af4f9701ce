"""A made-up office at work: synthetic cases of every programme's own examples and larger ones, walked through stages.

Nobody in here exists. Identity numbers and credit codes are well-formed; the same call always makes the same people.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from stdnum.cn import ric, uscc

from jinan_desk.core.district import DISTRICTS
from jinan_desk.core.text import N_, Sentence, Translate
from jinan_desk.core.workflow import Stage
from jinan_desk.services.cases import CaseView, headline
from jinan_desk.services.desk import Desk
from jinan_desk.services.funds import Entry
from jinan_desk.services.office import Level, Office
from jinan_desk.store import CaseFilter

CLERK, REVIEWER, SECOND_REVIEWER, APPROVER = "苏敏", "韩立", "邹平", "孔祥文"

STREET = Office(
    code="370102001",
    name="济南市历下区泉城路街道办事处",
    prefix="济历下泉办",
    level=Level.STREET,
    phone="0531-00000001",
    address="历下区泉城路街道便民服务中心",
)
DISTRICT = Office(
    code="370102",
    name="济南市历下区人力资源和社会保障局",
    prefix="济历下人社受",
    level=Level.DISTRICT,
    phone="0531-00000002",
    address="历下区政务服务中心",
)

PACKAGE_PASSWORD = "演示用密码2020"  # noqa: S105  (of made-up cases, for everybody to read)

STREET_DIRECTORY, DISTRICT_DIRECTORY = "office-street", "office-district"

_SURNAMES = "王李张刘陈杨赵黄周吴徐孙马朱胡郭何林高罗郑梁谢宋唐许邓韩冯曹"
_GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰涛明超秀兰霞平刚桂英华玉萍红建文志国晓燕思远子涵佳琪文博海峰春梅立新"
_RARE = ("王𬱖", "李𠅤𪩘", "张䶮", "欧阳𠮷", "𬀩𫖯𨱏")


@dataclass(slots=True)
class Clock:
    """A clock that somebody else sets."""

    day: date
    minutes: int = 0

    def today(self) -> date:
        return self.day

    def now(self) -> str:
        """UTC; every look at it is a minute later, so that actions keep their order."""
        self.minutes += 1
        moment = datetime.combine(self.day, time(1), UTC) + timedelta(minutes=self.minutes)
        return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def person(number: int) -> dict[str, str]:
    """The `number`th made-up person: name and identity number."""
    given = _GIVEN[(number * 7) % len(_GIVEN)] + (_GIVEN[(number * 13 + 5) % len(_GIVEN)] if number % 3 else "")
    name = _RARE[number // 11 % len(_RARE)] if number % 11 == 0 else _SURNAMES[number % len(_SURNAMES)] + given
    district = list(DISTRICTS)[number % len(DISTRICTS)]
    born = date(1972, 3, 1) + timedelta(days=number * 211 % 9800)
    front = f"{district}{born:%Y%m%d}{(number * 37 + 11) % 1000:03}"
    return {"name": name, "id_number": front + ric.calc_check_digit(front + "0")}


def unit(number: int, name: str, district: str) -> dict[str, str]:
    """A made-up unit: name, credit code, district, contact and account."""
    front = f"91{district}MA3{number:05}Y"[:17]
    digits = f"{370000000000 + number * 7919:016}"
    return {
        "applicant_name": name,
        "credit_code": front + uscc.calc_check_digit(front),
        "district": district,
        "contact": person(number + 500)["name"],
        "phone": f"0531-{80000000 + number:08}",
        "account_name": name,
        "bank_name": "齐鲁银行" + DISTRICTS[district].name[:2] + "支行",
        "bank_account": "6230" + digits[-15:],
    }


def hires(first: int, count: int, **other: Any) -> list[dict[str, Any]]:
    """02B roster rows of `count` made-up people from the `first` on; `other` facts hold for each."""
    rows = []
    for number in range(first, first + count):
        hired = date(2020, 2, 12) + timedelta(days=number % 25)
        rows.append(
            {
                **person(number),
                "hired_on": hired.isoformat(),
                "contract_start": hired.isoformat(),
                "contract_end": (date(hired.year + 2, hired.month, min(hired.day, 28))).isoformat(),
                "insured": True,
                "prior_record": False,
                **other,
            }
        )
    return rows


def _workers(first: int, count: int) -> list[dict[str, Any]]:
    return [
        {
            **person(number),
            "insured": True,
            "duty_from": (date(2020, 1, 24) + timedelta(days=number % 6)).isoformat(),
            "duty_to": "2020-02-09",
        }
        for number in range(first, first + count)
    ]


def _placed(first: int, count: int) -> list[dict[str, Any]]:
    categories = ("skilled", "vocational", "technical", "university")
    rows = []
    for number in range(first, first + count):
        introduced = date(2020, 2, 10) + timedelta(days=number * 5 % 80)
        category = categories[number % 4]
        rows.append(
            {
                **person(number),
                "category": category,
                "employer_in_jinan": True,
                "introduced_on": introduced.isoformat(),
                "contract_start": (introduced + timedelta(days=3)).isoformat(),
                "contract_end": date(introduced.year + 2, introduced.month, min(introduced.day, 28)).isoformat(),
                "prior_record": False,
                **({"certificate_no": f"19150012{number:08}"} if category == "skilled" else {}),
            }
        )
    return rows


@dataclass(frozen=True, slots=True)
class Story:
    """A case to enter, the stages it goes through (none: it stays a draft), and the reason for the last of them."""

    programme: str
    on: date
    facts: dict[str, Any]
    way: tuple[Stage, ...] = ()
    reason: str = ""


_REFUND = {"paid_all_months": True, "discredited": False, "has_complaints": False}


def stories() -> Iterator[Story]:
    """The cases of the demonstration: granted, refused, incomplete, in every stage, with rare characters in names."""
    hire_on, stay_on = date(2020, 3, 20), date(2020, 6, 10)
    straight = (
        Stage.RECEIVED, Stage.ACCEPTED, Stage.FIRST_REVIEW, Stage.SECOND_REVIEW, Stage.PUBLICITY, Stage.APPROVED,
        Stage.FUNDING, Stage.PAID, Stage.ARCHIVED,
    )

    def up_to(stage: Stage) -> tuple[Stage, ...]:
        return straight[: straight.index(stage) + 1]

    yield Story(
        "02B", hire_on, {**unit(1, "济南历泉机械制造有限公司", "370102"), "roster": hires(1, 12)},
        way=up_to(Stage.PAID),
    )
    yield Story(
        "02B", hire_on,
        {
            **unit(2, "济南大明湖畔数字文化创意产业发展集团有限公司", "370102"),
            "roster": [*hires(20, 40), *hires(60, 1, insured=False), *hires(20, 1)],
        },
        way=up_to(Stage.PUBLICITY),
    )
    yield Story(
        "02B", hire_on, {**unit(3, "济南𬱖泉食品有限公司", "370103"), "roster": hires(70, 2, hired_on="2020-02-08")},
        way=(Stage.RECEIVED, Stage.ACCEPTED, Stage.FIRST_REVIEW, Stage.REJECTED),
        reason="新吸纳人员入职日期早于2020年2月10日，不在规定期间",
    )
    yield Story(
        "02B", hire_on, {**unit(4, "济南青禾文化传媒有限公司", "370105"), "roster": hires(80, 3, prior_record=None)},
        way=(Stage.RECEIVED, Stage.CORRECTION), reason="请补充 3 名新吸纳人员签订合同前半年的就业登记和参保记录",
    )
    yield Story(
        "02A", date(2020, 3, 12),
        {
            **unit(5, "济南泉润防护用品有限公司", "370112"), "on_key_supplies_list": True, "produced_in_window": True,
            "roster": _workers(100, 180),
        },
        way=up_to(Stage.APPROVED),
    )
    yield Story(
        "02A", date(2020, 3, 12),
        {
            **unit(6, "济南安康医疗器械有限公司", "370112"), "on_key_supplies_list": False, "produced_in_window": True,
            "roster": _workers(300, 8),
        },
        way=(Stage.RECEIVED,),
    )
    yield Story(
        "02C", date(2020, 5, 20),
        {**unit(7, "济南众才人力资源服务有限公司", "370103"), "licence_valid": True, "roster": _placed(330, 24)},
        way=up_to(Stage.SECOND_REVIEW),
    )
    yield Story(
        "06A", stay_on,
        {
            **unit(8, "山东鲁泉食品有限公司", "370104"), **_REFUND, "year_end_headcount": 286, "dismissed": 9,
            "premium_paid": "158400.00", "category": "general",
        },
        way=up_to(Stage.ARCHIVED),
    )
    yield Story(
        "06A", stay_on,
        {
            **unit(9, "济南章丘锻造有限公司", "370114"), **_REFUND, "year_end_headcount": 200, "dismissed": 11,
            "premium_paid": "96000.50", "category": "key_project",
        },
        way=up_to(Stage.FUNDING),
    )
    yield Story(
        "06A", stay_on,
        {
            **unit(10, "济南鑫源塑业有限公司", "370115"), **_REFUND, "year_end_headcount": 86, "dismissed": 5,
            "premium_paid": "41280.00", "category": "general",
        },
        way=(Stage.RECEIVED, Stage.ACCEPTED, Stage.FIRST_REVIEW),
    )
    yield Story(
        "06A", stay_on,
        {
            **unit(11, "济南趵突泉饮品有限公司", "370103"), "year_end_headcount": 320, "dismissed": 4,
            "premium_paid": "171040.00",
        },
    )
    yield Story(
        "06B", date(2020, 7, 1),
        {
            **unit(12, "济南大明湖酒店管理有限公司", "370102"), **_REFUND, "year_end_headcount": 92, "dismissed": 5,
            "recognised_difficult": True, "insured_headcount": 88,
        },
        way=up_to(Stage.PUBLICITY),
    )


_MADE_UP = "演示用数值（虚构）"
_BUDGETS = {"就业补助资金": "1200000", "失业保险基金": "2000000", "创业带动就业扶持资金": "300000"}


def work(desk: Desk, clock: Clock) -> list[CaseView]:
    """Enter every story and walk it through its stages; the clock moves on as it does in an office."""
    desk.proposals.enter(
        "average_unemployment_benefit", "1503.40", since="2019-12-01", source=_MADE_UP
    )
    for fund, budget in _BUDGETS.items():
        desk.funds.enter(Entry.BUDGET, fund, 2020, amount=budget, source=_MADE_UP)
    done = []
    for story in sorted(stories(), key=lambda story: story.on):
        clock.day = max(clock.day, story.on)
        view = desk.cases.enter(story.programme, story.on, story.facts)
        for stage in story.way:
            clock.day = _later(clock.day, stage)
            handler = desk.by(_handler(stage))
            view = handler.cases.advance(view.row.case, stage, reason=_reason(story, stage))
        done.append(view)
    return done


def _later(day: date, stage: Stage) -> date:
    """Reviews take a day; publicity needs five working days, also over a long holiday."""
    return day + timedelta(days=16 if stage is Stage.APPROVED else 1)


def _handler(stage: Stage) -> str:
    if stage in (Stage.FIRST_REVIEW, Stage.PUBLICITY):
        return REVIEWER
    if stage is Stage.SECOND_REVIEW:
        return SECOND_REVIEWER
    return APPROVER if stage in (Stage.APPROVED, Stage.REJECTED, Stage.FUNDING, Stage.PAID) else CLERK


def _reason(story: Story, stage: Stage) -> str:
    return story.reason if story.way and stage is story.way[-1] else ""


def show(
    found: Callable[..., str],
    open_desk: Callable[..., AbstractContextManager[Desk]],
    out: Path,
    translate: Translate,
) -> Iterator[str]:
    """Work in a scratch office, write every document, ledger and package into `out`, merge into a second office.

    Answers the lines to show. `found` and `open_desk` are those of the composition root.
    """
    street, district = out / STREET_DIRECTORY, out / DISTRICT_DIRECTORY
    clock = Clock(date(2020, 3, 10))
    for directory, office in ((street, STREET), (district, DISTRICT)):
        found(directory, office)
    with open_desk(street, CLERK, today=clock.today, now=clock.now) as desk:
        views = work(desk, clock)
        yield from (headline(view.row).read(translate) for view in views)
        for view in views:
            yield from _print_all(desk, view, out / "documents", translate)
        exported = desk.packages.export(out / "package.xlsx", password=PACKAGE_PASSWORD, everything=True)
        for report in (desk.packages.ledger(out / "ledger.xlsx"), exported):
            yield from (sentence.read(translate) for sentence in report.sentences())
        yield Sentence(N_("演示数据包的密码：{password}"), password=PACKAGE_PASSWORD).read(translate)
        fingerprint = desk.packages.fingerprint()
    with open_desk(district, APPROVER, today=clock.today, now=clock.now) as desk:
        merged = desk.packages.merge(out / "package.xlsx", trust=fingerprint, password=PACKAGE_PASSWORD)
        yield from (sentence.read(translate) for sentence in merged.sentences())
        yield desk.receipts.write(out / "receipt.xlsx").read(translate)
        yield desk.partners.write_enrolment(out / "enrolment.xlsx").read(translate)
        same = [view.row.head for view in views] == [desk.cases.find(view.row.case).head for view in views]
        count = desk.cases.count(CaseFilter())
        told = N_("第二个机构现有 {count} 件，与第一个机构逐件一致")
        if not same:
            told = N_("第二个机构现有 {count} 件，与第一个机构不一致")
        yield Sentence(told, count=count).read(translate)
        fingerprint = desk.packages.fingerprint()
    with open_desk(street, CLERK, today=clock.today, now=clock.now) as desk:
        desk.partners.enrol(desk.partners.read_enrolment(out / "enrolment.xlsx"), fingerprint)
        acknowledged = desk.receipts.read(out / "receipt.xlsx")
        yield from (sentence.read(translate) for sentence in acknowledged.sentences())


def _print_all(desk: Desk, view: CaseView, directory: Path, translate: Translate) -> Iterator[str]:
    """Every form that the case has, as PDF and as workbook; file names name the case, never a person."""
    directory.mkdir(parents=True, exist_ok=True)
    for notice in desk.notices.available(view.row.case):
        for suffix in ("pdf", "xlsx"):
            path = directory / f"{view.row.programme}-{view.row.case[:8]}-{notice.key}.{suffix}"
            printed = desk.notices.write(view.row.case, notice.key, path)
            yield from (remark.read(translate) for remark in printed.remarks)
