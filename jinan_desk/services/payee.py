"""The account that money goes to. Where the bank sent it back, that alone is corrected: what was reviewed, posted and
granted stands, and a case need not go through all of it again for a digit. Another person sends it out again, see
`steps`."""

from __future__ import annotations

from collections.abc import Mapping

from jinan_desk.core.applicant import ACCOUNT_FIELDS, Applicant
from jinan_desk.core.kind import Invalid
from jinan_desk.core.text import N_, Sentence
from jinan_desk.core.workflow import STAGE_LABELS, Stage
from jinan_desk.errors import DeskError
from jinan_desk.services.cases import Cases, CaseView, programme_of


def may_correct_account(view: CaseView) -> bool:
    """Whether the account of the case is to be corrected now: its money came back, and it has an account."""
    programme = programme_of(view.row.programme)[1]
    return view.stage is Stage.REOPENED and programme.applicant is not Applicant.NONE


def correct_account(cases: Cases, case: str, given: Mapping[str, str]) -> CaseView:
    """A revision with another account, by the keys of the account's fields. The same again is no change.

    Raises DeskError where the money has not come back, or for what cannot be an account.
    """
    view = cases.view(case)
    if not may_correct_account(view):
        words = N_("“{stage}”的办件不能更正收款账户，退票重办时才可以")
        raise DeskError(Sentence(words, stage=Sentence(STAGE_LABELS[view.stage])))
    account = {}
    for field in ACCOUNT_FIELDS:
        try:
            account[field.key] = field.kind.read(given.get(field.key, ""))
        except Invalid as error:
            raise DeskError(Sentence(N_("{label}：{why}"), label=Sentence(field.label), why=error.sentence)) from None
    if not account["bank_account"]:
        raise DeskError(Sentence(N_("请填写银行账号")))
    before = view.revision.body["facts"]
    kept = {key: value for key, value in before.items() if key not in account}
    facts = kept | {key: value for key, value in account.items() if value}
    return view if facts == before else cases.note(case, "change", {"facts": facts})
