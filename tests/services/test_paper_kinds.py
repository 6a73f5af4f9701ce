import pytest

from jinan_desk.core.determination import Outcome
from jinan_desk.core.workflow import Stage
from jinan_desk.measures import programmes
from jinan_desk.services.paper_context import asked, eligible_rows
from jinan_desk.services.paper_kinds import BY_KEY, NOTICES
from jinan_desk.services.paper_samples import samples
from jinan_desk.services.paper_tables import conditions

KNOWN = {programme.code: (measure, programme) for measure, programme in programmes()}


@pytest.mark.parametrize(
    ("code", "key", "title"),
    [
        ("13S", "record", "重点群体就业服务记录表"),
        ("25S", "record", "招聘专场和登记服务记录表"),
        ("01S", "record", "重点企业用工服务专员服务记录表"),
        ("19A", "correction", "返乡创业服务站补助和奖补补正告知书"),
    ],
)
def test_a_title_says_no_word_twice(code: str, key: str, title: str):
    """The guard: 服务 at the end of a name and at the beginning of 服务记录表 is said once, a single character twice."""
    assert BY_KEY[key].titled(KNOWN[code][1]) == title


@pytest.mark.parametrize("code", ["02A", "02B"])
def test_a_refused_case_pays_nobody_and_has_no_paper_of_a_grant(code: str):
    """The guard: a case that fails as a whole counts no rows, though each of them meets the conditions."""
    refused = [*samples(*KNOWN[code])][-1]
    assert refused.case.body["outcome"] == Outcome.INELIGIBLE
    assert eligible_rows(refused.case) == 0
    granted = {Stage.PUBLICITY, Stage.APPROVED, Stage.RECOVERY}
    assert not [notice.key for notice in NOTICES if notice.tells_of in granted and refused.of(notice) is not None]


def test_an_applicant_vouches_for_no_outcome():
    """The guard: 名单中有符合条件的 is for the office to find out, not among what an applicant confirms."""
    refused = [*samples(*KNOWN["02B"])][-1]
    assert "名单中有符合条件的" in [check["label"] for check in refused.case.determination["checks"]]
    assert "劳动合同 1 年以上" in conditions(refused.case)
    assert "名单中有符合条件的" not in conditions(refused.case)


def test_what_comes_to_nothing_is_no_amount_that_somebody_asked_for():
    """The guard: the application of a refused case leaves the amount to be written by hand, and asks for no 零元整."""
    short, _, refused = [*samples(*KNOWN["02B"])]
    found = {key: asked(case.case) for key, case in (("short", short), ("refused", refused))}
    assert found["short"]["figures"].startswith("¥")
    assert found["short"]["words"].endswith("整")
    assert (found["refused"]["figures"], found["refused"]["words"].strip("　"), found["refused"]["people"]) == (
        "¥",
        "",
        "",
    )
