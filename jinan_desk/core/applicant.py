"""Who applies: the fields that every case of a unit or of a person begins with (catalogue 3).

Name and contact fields decide nothing and may be absent in a computation; `district` matters where a wage tier does.
"""

from __future__ import annotations

from enum import StrEnum

from jinan_desk.core.contact import AccountNumber, PhoneNumber
from jinan_desk.core.field import Field
from jinan_desk.core.kind import CreditCode, DistrictCode, IdNumber, Text
from jinan_desk.core.text import N_


class Applicant(StrEnum):
    """Whether a unit, a person or nobody applies."""

    UNIT = "unit"
    PERSON = "person"
    NONE = "none"


APPLICANT_LABELS = {
    Applicant.UNIT: N_("单位"),
    Applicant.PERSON: N_("个人"),
    Applicant.NONE: N_("无申请人"),
}

_DISTRICT = Field("district", DistrictCode(), N_("区县"), help=N_("办理地区县；涉及最低工资档次时按工作地所在区县"))

ACCOUNT_FIELDS = (
    Field("account_name", Text(), N_("开户名称"), required=False, help=N_("与申请人名称一致的可以不填")),
    Field("bank_name", Text(), N_("开户银行"), required=False, help=N_("写到支行")),
    Field(
        "bank_account", AccountNumber(), N_("银行账号"), required=False, private=True,
        help=N_("照银行卡或开户证明填写，一般只有数字"),
    ),
)
"""Where money goes to."""

APPLICANT_FIELDS: dict[Applicant, tuple[Field, ...]] = {
    Applicant.UNIT: (
        Field("applicant_name", Text(), N_("单位名称"), required=False, help=N_("营业执照上的全称")),
        Field("credit_code", CreditCode(), N_("统一社会信用代码"), required=False, help=N_("营业执照上的 18 位代码")),
        _DISTRICT,
        Field("contact", Text(), N_("联系人"), required=False, help=N_("单位经办人姓名")),
        Field("phone", PhoneNumber(), N_("联系电话"), required=False, private=True, help=N_("能随时接通的手机或座机")),
        *ACCOUNT_FIELDS,
    ),
    Applicant.PERSON: (
        Field("applicant_name", Text(), N_("姓名"), required=False, help=N_("身份证上的姓名")),
        Field("id_number", IdNumber(), N_("身份证号"), help=N_("18 位；15 位旧号自动换算")),
        _DISTRICT,
        Field("phone", PhoneNumber(), N_("联系电话"), required=False, private=True, help=N_("能随时接通的手机或座机")),
        *ACCOUNT_FIELDS,
    ),
    Applicant.NONE: (),
}

PERSON_ROW_FIELDS = (
    Field("name", Text(), N_("姓名"), required=False, help=N_("身份证上的姓名")),
    Field("id_number", IdNumber(), N_("身份证号"), help=N_("须为文字，18 位；15 位旧号自动换算")),
)
"""What every roster row of a person begins with."""
