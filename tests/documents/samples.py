"""Contexts with the shortest and the longest plausible values, for tests and for looking at."""

from collections.abc import Iterator
from typing import ClassVar

from jinan_desk.documents.context import Column, Context, Table

RARE_NAMES = ("王𬱖", "李𠅤𪩘", "张䶮", "欧阳𠮷", "𬀩𫖯𨱏")
LONG_NAME = "山东济南历下中小微企业稳就业人力资源综合服务与疫情防控重点物资生产制造股份有限公司"
QUOTE = (
    "对春节期间（截至2020年2月9日）开工生产、配送疫情防控急需物资的企业，符合条件的可给予一次性吸纳就业补贴，"
    "补贴标准为每人1000元，所需资金从就业补助资金中列支"
)
ROSTER_COLUMNS = (
    Column("name", "姓名"),
    Column("id_number", "身份证号码", 19),
    Column("hired_on", "招用日期"),
    Column("contract_start", "劳动合同开始日期"),
    Column("contract_end", "劳动合同终止日期"),
    Column("insured", "是否参加社会保险"),
    Column("prior_record", "签订合同前半年内是否有本单位参保登记"),
    Column("verdict", "审核结果"),
    Column("amount", "金额（元）", 10, "right", money=True),
)
CHECKS = (
    ("裁员率", "符合", "辞退、开除12人÷年末参保486人=2.47%，不超过5.5%", f"济政发〔2020〕1号第6条：“{QUOTE}”"),
    ("按时缴费", "符合", "全年各月均已缴纳失业保险费", "鲁人社规〔2019〕1号"),
    ("未列入失信名单", "不符合", "列入严重违法失信企业名单，查询日期2020年3月18日", "鲁人社规〔2019〕1号"),
)
STEPS = (
    ("上年度实际缴纳失业保险费", "1,234,567.89", "元", ""),
    ("返还比例", "50", "%", f"济政发〔2020〕1号第6条：“{QUOTE}”"),
    ("返还金额", "617,283.95", "元", "缴费金额×返还比例，四舍五入到分"),
)


def roster(count: int) -> list[tuple[str, ...]]:
    """People with IDs that are well-formed enough for paper."""
    return [
        (
            RARE_NAMES[number % 5] if number % 7 == 0 else ("孙" + "志强丽敏芳"[number % 5] + "国"[: number % 2]),
            f"3701021990{number % 12 + 1:02}{number % 28 + 1:02}{number % 1000:03}X",
            "2020年2月10日",
            "2020年2月15日",
            "2021年2月14日",
            "是",
            "否",
            "符合" if number % 9 else "不符合：劳动合同期限不足1年；招用日期早于2020年2月10日",
            "1,000.00" if number % 9 else "0.00",
        )
        for number in range(count)
    ]


class Pairs:
    """The applicant's labels and values, as the fields say them when the form is filled."""

    LABELS: ClassVar = {
        "name": "单位名称",
        "number": "统一社会信用代码",
        "district": "区县",
        "contact": "联系人",
        "phone": "联系电话",
        "account_name": "开户名称",
        "bank_name": "开户银行",
        "bank_account": "银行账号",
    }

    def __init__(self, applicant: dict[str, str]) -> None:
        self.applicant = applicant

    def __iter__(self) -> Iterator[tuple[str, str]]:
        return iter([(label, self.applicant[key]) for key, label in self.LABELS.items()])


def context(*, long: bool = True, people: int = 3, refused: bool = False, **fields: object) -> Context:
    """A whole context; `long` takes the longest values, else the shortest (and nothing that may be empty)."""
    applicant = {
        "name": LONG_NAME if long else "济铁厂",
        "number": "91370102MA3C4D5E6X",
        "number_label": "统一社会信用代码",
        "district": "新旧动能转换先行区" if long else "",
        "contact": "欧阳𠮷𬀩" if long else "",
            "phone": "0531-88886666转8001" if long else "",
        "account_name": LONG_NAME if long else "",
        "bank_name": "中国工商银行股份有限公司济南历下经十路支行营业部" if long else "",
        "bank_account": "6222021602001234567890123456789" if long else "",
        "label": "申请单位",
        "you": "你单位",
        "signer": "法定代表人（负责人）签字：",
        "seal": "（盖章）",
    }
    opinion = "经审核，申请材料齐全，所列人员均符合规定条件，同意按48人、48000元上报。" if long else ""
    amount = {
        "figures": "¥987,654,321.98" if long else "¥0.00",
        "words": "玖亿捌仟柒佰陆拾伍万肆仟叁佰贰拾壹元玖角捌分" if long else "零元整",
        "people": "48人" if long else "",
        "standard": "一次性吸纳就业补贴标准 1,000.00 元/人" if long else "",
    }
    return Context(
        fields={
            "document": {
                "title": "企业一次性吸纳就业补贴申请表" if long else "补贴表",
                "number": "济历下人社受〔2020〕02B-0001号",
                "date": "2020年3月20日",
            },
            "office": {
                "name": "济南市历下区人力资源和社会保障局",
                "phone": "0531-00000002" if long else "",
                "address": "历下区政务服务中心" if long else "",
                "head": "",
                "contact": "电话：0531-00000002，地址：历下区政务服务中心。" if long else "",
                "seal": "（盖章）",
            },
            "check": {"code": "3f2a9c01b7de"},
            "programme": {
                "code": "02B",
                "name": "一次性吸纳就业补贴",
                "fund": "就业补助资金",
                "article": "第2条",
                "quote": QUOTE,
                "grounds": f"济政发〔2020〕1号第2条：“{QUOTE}”",
            },
            "applicant": applicant,
            "case": {
                "number": "济历下泉办〔2020〕02B-0001号",
                "received": "2020年3月20日",
                "on": "2020年3月20日",
                "handler": "苏敏",
                "outcome": "符合",
            },
            "amount": amount,
            "asked": amount,
            "opinions": dict.fromkeys(
                ("first_review", "second_review", "publicity", "approval", "finance", "payment"), opinion
            ),
            **fields,
        },
        tables={
            "facts": Table(
                (Column("label", "项目"), Column("value", "内容")),
                [
                    ("是否为疫情防控重点物资生产企业", "是"),
                    ("春节期间（截至2020年2月9日）是否开工生产、配送急需物资", "是"),
                    ("本政策下已获一次性用工补贴", "123,456.78 元"),
                ]
                if long
                else [],
            ),
            "applicant": Table(
                (Column("label", "项目"), Column("value", "内容")),
                Pairs(applicant),
            ),
            "roster": Table(ROSTER_COLUMNS, roster(people)),
            "refused": Table(
                (Column("number", "名册序号"), Column("who", "姓名", 8), Column("reason", "情况", 24)),
                [("1", "王𬱖", "劳动合同期限不足1年")] if refused else [],
            ),
            "tally": Table((Column("label", "审核内容"), Column("pass", "符合")), [("参加社会保险", "48")] if long else []),
            "warnings": Table((Column("text", "情况"),), []),
            "readings": Table((Column("text", "情况"),), []),
            "checks": Table(
                (
                    Column("label", "审核内容", 12),
                    Column("result", "结果", 4, "center"),
                    Column("reason", "情况", 18),
                    Column("clause", "依据", 22),
                ),
                CHECKS if long else (),
            ),
            "steps": Table(
                (
                    Column("label", "项目", 14),
                    Column("value", "数值", 10, "right"),
                    Column("unit", "单位", 4, "center"),
                    Column("basis", "依据", 26),
                ),
                STEPS if long else (),
            ),
            "documents": Table((Column("label", "材料"),), [("劳动合同",)]),
            "reasons": Table((Column("text", "情况"),), [(check[2],) for check in CHECKS[:2]] if long else []),
        },
    )
