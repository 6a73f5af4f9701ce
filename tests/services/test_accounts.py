"""Accounts: who may do what, in the services themselves; who forgot a password, who is shut out, and by what."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

import pytest

from jinan_desk.core.role import HANDLERS, KEEPS, Role, roles_for
from jinan_desk.core.text import Sentence
from jinan_desk.core.workflow import SEPARATE_DUTIES, Stage
from jinan_desk.errors import DeskError
from jinan_desk.resources import workday_calendar
from jinan_desk.services.access import Access, Wanted
from jinan_desk.services.accounts import Accounts, role_named
from jinan_desk.services.arrival import GivenPasswordError, arrive, switch
from jinan_desk.services.backups import Backups
from jinan_desk.services.cases import Cases
from jinan_desk.services.demo import DISTRICT, Clock
from jinan_desk.services.findings import Findings
from jinan_desk.services.funds import Entry, Funds
from jinan_desk.services.office import found_office
from jinan_desk.services.own_data import OwnData
from jinan_desk.services.packages import Packages
from jinan_desk.services.parameters import Proposals
from jinan_desk.services.particulars import Details, Particulars
from jinan_desk.services.partners import Partners
from jinan_desk.services.restoring import Proof, restore
from jinan_desk.services.retention import Retention
from jinan_desk.services.sign_in import SignInError, has_accounts, open_with_recovery_code, sign_in
from jinan_desk.store import AccessFilter, CaseFilter, Store, data_key, open_store
from jinan_desk.store.keyring import Cost, has_account, with_account
from jinan_desk.store.places import attempts_path, backup_directory, key_path, store_path
from tests.services.test_cases import ON, hiring

CHEAP = Cost(2, 1, 1)
CHIEF, CLERK, REVIEWER, APPROVER = "陈主任", "苏敏", "韩立", "孔祥文"
SECRET = "correct horse"
ROLES = {CLERK: Role.CLERK, REVIEWER: Role.REVIEWER, APPROVER: Role.APPROVER}


@contextmanager
def refused(words: str) -> Iterator[None]:
    """What is done inside is refused, in these words."""
    with pytest.raises(DeskError) as refusal:
        yield
    assert words in refusal.value.read()


def own(store: Store) -> None:
    """Everybody has chosen the password that they have."""
    store.accounts.put([replace(row, given=False) for row in store.accounts.all()])


class Hall:
    """An office with an administrator, a clerk, a reviewer and an approver; its store is opened by one of them."""

    def __init__(self, directory: Path, clock: Clock) -> None:
        self.directory = directory
        self.clock = clock
        with open_store(directory, data_key(directory)) as store:
            found_office(store, DISTRICT)
            self.bare = key_path(directory).read_bytes()
            self.code = self.accounts(store, CHIEF).begin(CHIEF, SECRET)
            for name, role in ROLES.items():
                self.accounts(store, CHIEF).add(name, frozenset({role}), SECRET)
            own(store)

    @contextmanager
    def open(self, name: str = CHIEF, password: str = SECRET, own: str = "") -> Iterator[Store]:
        person = sign_in(self.directory, name, password, now=self.clock.now())
        with open_store(self.directory, person.opened) as store:
            arrive(store, person, now=self.clock.now, own=own, cost=CHEAP)
            yield store

    def accounts(self, store: Store, name: str = CHIEF) -> Accounts:
        return Accounts(store, account=name, now=self.clock.now, cost=CHEAP)

    def cases(self, store: Store, name: str) -> Cases:
        return Cases(
            store, DISTRICT, workday_calendar(), account=name, today=self.clock.today, now=self.clock.now
        )

    def log(self, store: Store, **wanted: object) -> list[tuple[str, str, str]]:
        page = Access(store, account=CHIEF, now=self.clock.now).page(Wanted(**wanted))  # type: ignore[arg-type]
        return [(row.account, row.action, row.subject) for row in page]


@pytest.fixture
def hall(tmp_path: Path, clock: Clock) -> Hall:
    return Hall(tmp_path / "hall", clock)


# Beginning ----------------------------------------------------------------------------------------------------------


def test_an_office_without_accounts_opens_for_anybody_and_lets_everybody_do_everything(
    store: Store, cases: Cases
) -> None:
    assert not has_accounts(store.directory)
    accounts = Accounts(store, account="谁", now=lambda: "")
    assert not accounts.protected
    assert accounts.roles == frozenset(Role)
    assert cases.enter("02B", ON, hiring()).stage is Stage.DRAFT
    for change in (
        accounts.new_code,
        accounts.rekey,
        lambda: accounts.add("王芳", HANDLERS, SECRET),
        lambda: accounts.change_password(SECRET, "battery staple"),
        lambda: accounts.recover("0000", "王芳", SECRET),
    ):
        with pytest.raises(DeskError, match="尚未启用账号"):
            change()


def test_beginning_with_accounts_ends_the_bare_key(hall: Hall) -> None:
    assert has_accounts(hall.directory)
    with pytest.raises(DeskError, match="姓名和密码"):
        data_key(hall.directory)
    with pytest.raises(DeskError, match="密钥不符"):
        open_store(hall.directory, hall.bare)
    with hall.open() as store, pytest.raises(DeskError, match="已经启用"):
        hall.accounts(store).begin("另一人", SECRET)


def test_accounts_are_begun_in_an_office_that_has_worked_without_them(tmp_path: Path, clock: Clock) -> None:
    with open_store(tmp_path, data_key(tmp_path)) as store:
        found_office(store, DISTRICT)
        case = Cases(store, DISTRICT, workday_calendar(), account="苏敏", today=clock.today, now=clock.now).enter(
            "02B", ON, hiring()
        )
        Accounts(store, account="苏敏", now=clock.now, cost=CHEAP).begin(" 陈主任 ", SECRET)
    with open_store(tmp_path, sign_in(tmp_path, "陈主任", SECRET, now=clock.now()).opened) as store:
        assert store.case(case.row.case).head == case.row.head
        assert store.check() == []


@pytest.mark.parametrize("password", ["", "short", "1234567", " " * 9, "欧阳娜娜欧阳娜娜"])
def test_a_password_that_is_short_or_the_name_is_refused_and_the_rule_is_said(hall: Hall, password: str) -> None:
    with hall.open() as store:
        with refused("至少 8 个字符"):
            hall.accounts(store).add("欧阳娜娜欧阳娜娜", HANDLERS, password)
        assert len(hall.accounts(store).all()) == 4


# Signing in ---------------------------------------------------------------------------------------------------------


def test_wrong_passwords_slow_down_also_after_a_restart_and_a_right_one_ends_it(hall: Hall) -> None:
    waits = []
    for _ in range(5):
        with pytest.raises(SignInError) as refused:
            sign_in(hall.directory, CLERK, "wrong", now="2020-03-20T09:00:00Z")
        waits.append(refused.value.seconds)
    assert waits == [0, 0, 5, 5, 5]  # too early a try is none
    with pytest.raises(SignInError, match="请等") as early:
        sign_in(hall.directory, CLERK, SECRET, now="2020-03-20T09:00:04Z")
    assert early.value.read() == "密码连续输错，请等 1 秒后再试"
    with pytest.raises(SignInError) as refused:
        sign_in(hall.directory, CLERK, "wrong", now="2020-03-20T09:00:05Z")
    assert refused.value.seconds == 10
    assert sign_in(hall.directory, REVIEWER, SECRET, now="2020-03-20T09:00:05Z").failed == 0
    assert sign_in(hall.directory, CLERK, SECRET, now="2020-03-20T09:00:15Z").failed == 4
    assert sign_in(hall.directory, CLERK, SECRET, now="2020-03-20T09:00:15Z").failed == 0


def test_the_wait_grows_to_a_quarter_of_an_hour_and_is_told_in_words(hall: Hall) -> None:
    moment = date(2020, 3, 20)
    for number in range(12):
        with pytest.raises(SignInError) as refused:
            sign_in(hall.directory, CLERK, "wrong", now=f"{moment.replace(day=number + 1)}T09:00:00Z")
    assert refused.value.seconds == 900
    assert "15 分钟" in refused.value.read()


def test_a_clock_that_goes_backwards_makes_nobody_wait_longer_than_the_wait(hall: Hall) -> None:
    for _ in range(3):
        with pytest.raises(SignInError):
            sign_in(hall.directory, CLERK, "wrong", now="2020-03-20T09:00:00Z")
    with pytest.raises(SignInError) as early:
        sign_in(hall.directory, CLERK, SECRET, now="2019-03-20T09:00:00Z")
    assert early.value.seconds == 5


def test_a_password_is_counted_before_it_is_tried(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    def die(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("jinan_desk.store.keyring.open_with_password", die)
    for _ in range(3):
        with pytest.raises(KeyboardInterrupt):
            sign_in(hall.directory, CLERK, "guess", now="2020-03-20T09:00:00Z")
    with pytest.raises(SignInError):
        sign_in(hall.directory, CLERK, SECRET, now="2020-03-20T09:00:00Z")


def test_a_name_that_is_nobodys_is_refused_in_the_same_words(hall: Hall) -> None:
    told = set()
    for name in (CLERK, "没有此人"):
        with pytest.raises(SignInError) as refused:
            sign_in(hall.directory, name, "wrong", now=hall.clock.now())
        told.add(refused.value.read())
    assert told == {"姓名或密码不对，没有打开"}


def test_what_failed_before_is_in_the_log_when_somebody_signs_in(hall: Hall) -> None:
    for _ in range(2):
        with pytest.raises(SignInError):
            sign_in(hall.directory, CLERK, "wrong", now=hall.clock.now())
    with hall.open(CLERK) as store:
        assert hall.log(store)[:2] == [(CLERK, "sign_in", ""), (CLERK, "failed_sign_in", "2")]


def test_another_key_file_does_not_open_the_store(hall: Hall, tmp_path: Path, clock: Clock) -> None:
    other = Hall(tmp_path / "other", clock)
    key_path(hall.directory).write_bytes(key_path(other.directory).read_bytes())
    opened = sign_in(hall.directory, CHIEF, SECRET, now=clock.now()).opened
    with pytest.raises(DeskError, match="密钥不符"):
        open_store(hall.directory, opened)


def test_a_damaged_key_file_is_named(hall: Hall) -> None:
    whole = key_path(hall.directory).read_bytes()
    for content in (whole[:-20], whole.replace(b'"n": 2,', b'"n": 4,')[:-1], b"{}"):
        key_path(hall.directory).write_bytes(content)
        with pytest.raises(DeskError, match="已损坏或被改动"):
            sign_in(hall.directory, CHIEF, SECRET, now=hall.clock.now())


def test_a_password_that_an_administrator_gave_has_to_be_changed_on_signing_in(hall: Hall) -> None:
    """Guard: `row.given` in `arrive`, set by `add`."""
    with hall.open() as store:
        hall.accounts(store).add("王芳", frozenset({Role.CLERK}), SECRET)
    with pytest.raises(GivenPasswordError) as refusal, hall.open("王芳"):
        pass
    assert refusal.value.read() == (
        "王芳 的密码是管理员给的，请先改成自己的：jinan-desk --account 王芳 accounts password"
    )
    with hall.open("王芳", own="only mine") as store:
        assert [line[1] for line in hall.log(store, account="王芳")] == ["sign_in", "password_changed"]
    with pytest.raises(SignInError, match="姓名或密码不对"), hall.open("王芳", SECRET):
        pass
    with hall.open("王芳", "only mine"):
        pass


@pytest.mark.parametrize("wrong", [SECRET, "short", "王芳"])
def test_one_s_own_password_is_another_and_a_good_one(hall: Hall, wrong: str) -> None:
    """Guard: `choose_password`."""
    with hall.open() as store:
        hall.accounts(store).add("王芳", frozenset({Role.CLERK}), SECRET)
    with pytest.raises(GivenPasswordError) as refusal, hall.open("王芳", own=wrong):
        pass
    assert "不能与管理员给的相同" in refusal.value.read() if wrong == SECRET else "至少 8 个" in refusal.value.read()
    with pytest.raises(GivenPasswordError), hall.open("王芳"):
        pass


def test_a_password_is_given_by_a_reset_and_by_letting_an_account_work_again_too(hall: Hall) -> None:
    """Guard: `given` in `reset` and `enable`."""
    with hall.open() as store:
        hall.accounts(store).reset(CLERK, "given again")
        hall.accounts(store).disable(REVIEWER)
        hall.accounts(store).enable(REVIEWER, "given again")
        assert {one.name for one in hall.accounts(store).all() if one.given} == {CLERK, REVIEWER}
        told = [one.sentence().read() for one in hall.accounts(store).all() if one.given]
        assert all(line.endswith("首次登录时须改成自己的密码") for line in told)
        with pytest.raises(GivenPasswordError):
            switch(store, CLERK, "given again", now=hall.clock.now)
    with hall.open(REVIEWER, "given again", own="only mine") as store:
        hall.accounts(store, REVIEWER).change_password("only mine", "another one")
    with hall.open(REVIEWER, "another one"):
        pass


def test_whoever_chose_their_password_themselves_is_not_asked(hall: Hall) -> None:
    with hall.open() as store:
        hall.accounts(store).reset(CHIEF, "chosen myself")
    with hall.open(CHIEF, "chosen myself") as store:
        code = hall.accounts(store).new_code()
        hall.accounts(store).add("王芳", frozenset({Role.ADMINISTRATOR}), SECRET)
        hall.accounts(store, "").recover(code, "王芳", "chosen again")
    with hall.open("王芳", "chosen again"):
        pass


def test_accounts_of_an_earlier_version_are_not_asked_for_another_password(tmp_path: Path) -> None:
    with open_store(tmp_path, data_key(tmp_path)) as store:
        store._db.execute("ALTER TABLE accounts DROP COLUMN given")
        store._db.execute("DELETE FROM _sqlite_migrations WHERE name = 'm0013_given'")
        store._db.execute(f"INSERT INTO accounts VALUES ('{CLERK}', 'clerk', 1, '', '')")
        (row,) = store.accounts.all()
        assert not row.given
    with open_store(tmp_path, data_key(tmp_path)) as store:
        (row,) = store.accounts.all()
        assert (row.name, row.given) == (CLERK, False)


def test_another_person_takes_over_with_their_own_password_alone(hall: Hall) -> None:
    with hall.open() as store:
        assert switch(store, CLERK, SECRET, now=hall.clock.now) == CLERK
        with pytest.raises(SignInError):
            switch(store, CLERK, "wrong", now=hall.clock.now)


# Roles --------------------------------------------------------------------------------------------------------------


def test_every_stage_asks_for_a_role_and_separate_duties_for_separate_roles() -> None:
    assert all(roles_for(stage) <= HANDLERS for stage in Stage)
    for duty in SEPARATE_DUTIES:
        earlier = {roles_for(stage) for stage in duty.earlier}
        assert earlier.isdisjoint(roles_for(stage) for stage in duty.later)


def test_a_case_goes_its_way_by_those_who_have_the_role_and_nobody_else(hall: Hall) -> None:
    way = (
        (Stage.RECEIVED, CLERK),
        (Stage.ACCEPTED, CLERK),
        (Stage.FIRST_REVIEW, REVIEWER),
        (Stage.SECOND_REVIEW, REVIEWER),
        (Stage.PUBLICITY, REVIEWER),
        (Stage.APPROVED, APPROVER),
        (Stage.FUNDING, APPROVER),
        (Stage.PAID, APPROVER),
        (Stage.ARCHIVED, CLERK),
    )
    with hall.open() as store:
        case = hall.cases(store, CLERK).enter("02B", ON, hiring()).row.case
        for stage, name in way:
            hall.clock.day = date(2020, 5, 20) if stage is Stage.APPROVED else hall.clock.day
            for other in {CHIEF, *ROLES} - {name}:
                assert stage not in hall.cases(store, other).actions(case)
                with pytest.raises(DeskError, match="须由有"):
                    hall.cases(store, other).advance(case, stage)
            assert hall.cases(store, name).advance(case, stage).stage is stage


def test_separate_duties_hold_beside_the_roles(hall: Hall) -> None:
    with hall.open() as store:
        hall.accounts(store).set_roles(CLERK, frozenset(Role))
        both = hall.cases(store, CLERK)
        case = both.enter("02B", ON, hiring()).row.case
        both.advance(case, Stage.RECEIVED)
        both.advance(case, Stage.ACCEPTED)
        with pytest.raises(DeskError, match="请由另一人办理"):
            both.advance(case, Stage.FIRST_REVIEW)


def test_only_a_clerk_enters_and_changes(hall: Hall) -> None:
    with hall.open() as store:
        case = hall.cases(store, CLERK).enter("02B", ON, hiring()).row.case
        for name in (CHIEF, REVIEWER, APPROVER, "没有此人", ""):
            with refused("“经办员”角色"):
                hall.cases(store, name).enter("02B", ON, hiring())
            with refused("“经办员”角色"):
                hall.cases(store, name).change(case, ON, hiring())


def test_only_those_who_review_or_approve_clear_findings(hall: Hall) -> None:
    with hall.open() as store:
        for name in (CHIEF, CLERK):
            findings = Findings(store, hall.cases(store, name), account=name, today=hall.clock.today)
            with refused("“审核员、审批员”角色"):
                findings.clear(["00000000"], "核实无误")


def test_only_an_administrator_keeps_parameters_backups_and_accounts(hall: Hall, tmp_path: Path) -> None:
    with hall.open() as store:
        for name in ROLES:
            accounts, clock = hall.accounts(store, name), hall.clock
            backups = Backups(store, account=name, today=clock.today, now=clock.now)
            proposals = Proposals(store, account=name, now=clock.now)
            particulars = Particulars(store, DISTRICT, account=name, now=clock.now)
            partners = Partners(store, DISTRICT, account=name, now=clock.now)
            access = Access(store, account=name, now=clock.now)
            for forbidden in (
                lambda accounts=accounts: accounts.add("王芳", HANDLERS, SECRET),
                lambda accounts=accounts: accounts.set_roles(CLERK, frozenset(Role)),
                lambda accounts=accounts: accounts.disable(CHIEF),
                lambda accounts=accounts: accounts.enable(CLERK, SECRET),
                lambda accounts=accounts: accounts.reset(CHIEF, "taken over"),
                lambda accounts=accounts: accounts.new_code(),
                lambda accounts=accounts: accounts.rekey(),
                lambda accounts=accounts: accounts.set_lock_after(120),
                lambda backups=backups: backups.set_second_folder(tmp_path),
                lambda proposals=proposals: proposals.propose(
                    "average_unemployment_benefit", "1500.00", since="2020-01-01", source="文件"
                ),
                lambda particulars=particulars: particulars.change(Details(phone="1"), since=date(2020, 1, 1)),
                lambda partners=partners: partners.admit(bytes(32), "370103", "另一机构"),
                lambda partners=partners: partners.withdraw("370103", "停用"),
                lambda access=access: access.page(),
                lambda access=access: access.accounts(),
                lambda access=access: access.export(tmp_path / "log.xlsx", translate=str),
            ):
                with refused("“管理员”角色"):
                    forbidden()
        assert hall.accounts(store).all()[0].active
        assert len(hall.accounts(store).all()) == 4


def test_destroying_is_proposed_by_an_administrator_and_confirmed_by_whoever_may_decide(hall: Hall) -> None:
    """Guard: `demand` in `Retention`, before anything is looked up."""
    with hall.open() as store:
        by = {
            name: Retention(store, account=name, today=hall.clock.today, now=hall.clock.now) for name in (CHIEF, *ROLES)
        }
        for name in ROLES:
            for kept in (partial(by[name].propose, ["0" * 64], "保存期满"), partial(by[name].set_years, money=5)):
                with refused("“管理员”角色"):
                    kept()
        for name in (CLERK, REVIEWER):
            for decided in (partial(by[name].confirm, [1]), partial(by[name].withdraw, 1)):
                with refused("“审批员、管理员”角色"):
                    decided()
        for name in (CHIEF, APPROVER):
            with refused("没有编号为 1 的销毁提议"):
                by[name].confirm([1])


def test_a_value_is_proposed_by_an_administrator_and_confirmed_by_an_approver_never_by_one_alone(hall: Hall) -> None:
    value = {"since": "2020-01-01", "source": "文件"}
    with hall.open() as store:
        by = {name: Proposals(store, account=name, now=hall.clock.now) for name in (CHIEF, *ROLES)}
        with refused("已启用账号，数值须由另一人确认"):
            by[CHIEF].enter("average_unemployment_benefit", "1500.00", **value)
        number = by[CHIEF].propose("average_unemployment_benefit", "1500.00", **value).number
        for name in (CLERK, REVIEWER):
            with refused("“审批员、管理员”角色"):
                by[name].confirm(number)
            with refused("“审批员、管理员”角色"):
                by[name].withdraw(number, "不对")
        assert by[APPROVER].confirm(number).settled_by == APPROVER


def test_only_who_approves_or_keeps_the_desk_enters_budgets(hall: Hall) -> None:
    with hall.open() as store:
        for name in (CLERK, REVIEWER):
            with refused("“审批员、管理员”角色"):
                Funds(store, account=name, now=hall.clock.now).enter(
                    Entry.BUDGET, "失业保险基金", 2020, amount="1", source="文件"
                )
        Funds(store, account=APPROVER, now=hall.clock.now).enter(
            Entry.BUDGET, "失业保险基金", 2020, amount="1", source="文件"
        )


def test_what_an_administrator_changes_holds_at_once_for_a_desk_that_stands_open(hall: Hall) -> None:
    with hall.open() as store:
        cases = hall.cases(store, CLERK)
        cases.enter("02B", ON, hiring())
        hall.accounts(store).disable(CLERK)
        with pytest.raises(DeskError, match="须由有"):
            cases.enter("02B", ON, hiring())


# Changing accounts --------------------------------------------------------------------------------------------------


def test_the_last_administrator_is_neither_disabled_nor_made_something_else(hall: Hall) -> None:
    with hall.open() as store:
        accounts = hall.accounts(store)
        for forbidden in (lambda: accounts.disable(CHIEF), lambda: accounts.set_roles(CHIEF, HANDLERS)):
            with pytest.raises(DeskError, match="唯一的管理员"):
                forbidden()
        accounts.set_roles(REVIEWER, frozenset({Role.REVIEWER, Role.ADMINISTRATOR}))
        accounts.set_roles(CHIEF, HANDLERS)
        assert hall.accounts(store).roles == HANDLERS
        with pytest.raises(DeskError, match="唯一的管理员"):
            hall.accounts(store, REVIEWER).disable(REVIEWER)


def test_somebody_disabled_signs_in_no_more_and_again_once_enabled(hall: Hall) -> None:
    with hall.open() as store:
        hall.accounts(store).disable(CLERK)
    with pytest.raises(SignInError):
        sign_in(hall.directory, CLERK, SECRET, now=hall.clock.now())
    with hall.open() as store:
        with pytest.raises(DeskError, match="已停用"):
            hall.accounts(store).reset(CLERK, "another one")
        hall.accounts(store).enable(CLERK, "another one")
    with hall.open(CLERK, "another one", own="my own words"):
        pass


def test_a_password_is_changed_by_its_owner_and_reset_by_an_administrator(hall: Hall) -> None:
    with hall.open(CLERK) as store:
        own = hall.accounts(store, CLERK)
        with pytest.raises(SignInError):
            own.change_password("wrong", "battery staple")
        own.change_password(SECRET, "battery staple")
        assert store.access.page(AccessFilter(account=CLERK))[0].action == "password_changed"
    with hall.open(CLERK, "battery staple"):
        pass
    with hall.open() as store:
        hall.accounts(store).reset(CLERK, "forgotten one")
    for password in (SECRET, "battery staple"):
        with pytest.raises(SignInError):
            sign_in(hall.directory, CLERK, password, now=hall.clock.now())
    with hall.open(CLERK, "forgotten one", own="my own words"):
        pass


def test_nobody_is_added_twice_without_a_role_or_under_no_name(hall: Hall) -> None:
    with hall.open() as store:
        accounts = hall.accounts(store)
        for name, roles, why in ((CLERK, HANDLERS, "已有名为"), ("王芳", frozenset(), "至少给一个角色"), (" ", HANDLERS, "姓名")):
            with pytest.raises(DeskError, match=why):
                accounts.add(name, roles, SECRET)
        with pytest.raises(DeskError, match="没有名为"):
            accounts.disable("王芳")


def test_a_change_whose_key_ring_cannot_be_written_changes_nothing(
    hall: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with hall.open() as store:
        accounts, before = hall.accounts(store), hall.log(store)
        with monkeypatch.context() as patch:
            patch.setattr("jinan_desk.store.keyfile.write_whole", full)
            for change in (lambda: accounts.add("王芳", HANDLERS, SECRET), lambda: accounts.disable(CLERK)):
                with pytest.raises(DeskError, match="无法读写"):
                    change()
        assert [one.name for one in accounts.all() if one.active] == sorted([CHIEF, *ROLES])
        assert hall.log(store) == before


def test_every_change_of_accounts_is_in_the_log(hall: Hall) -> None:
    with hall.open() as store:
        accounts = hall.accounts(store)
        accounts.set_roles(CLERK, frozenset({Role.CLERK, Role.REVIEWER}))
        accounts.reset(CLERK, "another one")
        accounts.disable(CLERK)
        accounts.enable(CLERK, "another one")
        accounts.new_code()
        accounts.rekey()
        accounts.set_lock_after(5)
        assert accounts.lock_after == 5
        assert [(action, subject) for _, action, subject in reversed(hall.log(store))][-7:] == [
            ("roles_changed", f"{CLERK} 经办员、审核员"),
            ("password_reset", CLERK),
            ("account_disabled", CLERK),
            ("account_enabled", CLERK),
            ("code_renewed", ""),
            ("rekeyed", ""),
            ("lock_changed", "5"),
        ]


@pytest.mark.parametrize("minutes", [0, -1, 121])
def test_the_window_locks_itself_within_bounds(hall: Hall, minutes: int) -> None:
    with hall.open() as store, refused("1 到 120 分钟"):
        hall.accounts(store).set_lock_after(minutes)


def test_roles_are_named_in_either_language() -> None:
    assert role_named("审核") is role_named("审核员") is role_named("reviewer") is Role.REVIEWER
    with pytest.raises(DeskError, match="没有角色"):
        role_named("boss")


# The recovery code --------------------------------------------------------------------------------------------------


def recover(hall: Hall, code: str, name: str = CHIEF, password: str = "found again") -> str:
    opened = open_with_recovery_code(hall.directory, code, now=hall.clock.now())
    with open_store(hall.directory, opened) as store:
        return hall.accounts(store, name).recover(code, name, password)


def test_a_lost_administrator_is_recovered_with_the_code_which_is_then_another(hall: Hall) -> None:
    new = recover(hall, hall.code)
    assert new != hall.code
    with hall.open(CHIEF, "found again") as store:
        assert ("recovered", CHIEF) in [(action, subject) for _, action, subject in hall.log(store)]
    with pytest.raises(SignInError, match="恢复码不对"):
        recover(hall, hall.code)
    assert recover(hall, new, password="once more") != new


def test_the_code_is_for_administrators_only_and_names_them(hall: Hall) -> None:
    with pytest.raises(DeskError, match="管理员有") as refused:
        recover(hall, hall.code, CLERK)
    assert CHIEF in refused.value.read()


def test_nobody_recovers_from_an_open_desk_without_the_code(hall: Hall) -> None:
    wrong = "0000-" * 7 + "0000"
    with hall.open(CLERK) as store, pytest.raises(SignInError):
        hall.accounts(store, CLERK).recover(wrong, CHIEF, "taken over")


def test_code_and_password_of_another_hall_take_nothing_over_though_its_key_file_was_put_in_place(
    hall: Hall, tmp_path: Path, clock: Clock
) -> None:
    """Guard: `refuse_of_another` in `recover` and `change_password`. What opens one hall opens no other."""
    other = Hall(tmp_path / "other", clock)
    with hall.open(CLERK) as store:
        key_path(hall.directory).write_bytes(key_path(other.directory).read_bytes())
        with pytest.raises(DeskError, match="密钥文件与打开着的数据不符"):
            hall.accounts(store, CLERK).recover(other.code, CHIEF, "taken over")
        with pytest.raises(DeskError, match="密钥文件与打开着的数据不符"):
            hall.accounts(store, CLERK).change_password(SECRET, "taken over")
        assert key_path(hall.directory).read_bytes() == key_path(other.directory).read_bytes()


def test_wrong_codes_slow_down_and_one_copied_wrong_is_no_attempt(hall: Hall) -> None:
    wrong = "0000-" * 7 + "0000"
    for _ in range(5):
        with pytest.raises(DeskError, match="8 组"):
            open_with_recovery_code(hall.directory, "0000", now="2020-03-20T09:00:00Z")
    for _ in range(3):
        with pytest.raises(SignInError):
            open_with_recovery_code(hall.directory, wrong, now="2020-03-20T09:00:00Z")
    with pytest.raises(SignInError, match="请等"):
        open_with_recovery_code(hall.directory, hall.code, now="2020-03-20T09:00:00Z")


# Keys and backups ---------------------------------------------------------------------------------------------------


def backed_up(hall: Hall, stick: Path) -> Path:
    """A backup with one case in it, on a stick."""
    with hall.open() as store:
        hall.cases(store, CLERK).enter("02B", ON, hiring())
        return Backups(store, account=CHIEF, today=hall.clock.today, now=hall.clock.now).make(stick).path


def test_after_rekey_everybody_signs_in_as_before_and_old_copies_of_the_key_open_nothing(hall: Hall) -> None:
    copied = key_path(hall.directory).read_bytes()
    old = sign_in(hall.directory, CLERK, SECRET, now=hall.clock.now()).opened
    with hall.open() as store:
        hall.accounts(store).rekey()
    with hall.open(CLERK):
        pass
    with pytest.raises(DeskError, match="密钥不符"):
        open_store(hall.directory, old)
    key_path(hall.directory).write_bytes(copied)
    with pytest.raises(DeskError, match="密钥不符"), hall.open(CLERK):
        pass


def test_rekey_seals_the_next_key_to_those_alone_who_have_an_account(hall: Hall) -> None:
    """The guard: somebody who stands in the ring and in no table, as an interrupted change leaves them, is left out."""
    with hall.open() as store:
        keys = store.keys
        keys.put(with_account(keys.ring, keys.key, "王芳", SECRET, cost=CHEAP))
        assert has_account(keys.ring, "王芳")
        hall.accounts(store).rekey()
        assert not has_account(keys.ring, "王芳")
        assert has_account(keys.ring, CLERK)


def test_the_store_is_backed_up_before_the_key_is_replaced(hall: Hall) -> None:
    """Guard: `before_rekey`: where it fails, nothing is replaced."""

    def full() -> None:
        raise DeskError(Sentence("磁盘已满"))

    with hall.open() as store:
        key = store.keys.key
        with refused("磁盘已满"):
            Accounts(store, account=CHIEF, now=hall.clock.now, before_rekey=full, cost=CHEAP).rekey()
        assert store.keys.key == key


def test_a_backup_from_before_rekey_is_restored_under_the_new_key(hall: Hall, tmp_path: Path) -> None:
    backup = backed_up(hall, tmp_path / "stick")
    with hall.open() as store:
        hall.cases(store, CLERK).enter("02B", ON, hiring())
        hall.accounts(store).rekey()
    proof = Proof(CHIEF, SECRET)
    assert restore(hall.directory, backup, now=hall.clock.now(), proof=proof).comparison.lost == 1
    with hall.open() as store:
        assert store.check() == []
        assert len(list(hall.cases(store, CLERK).all())) == 1
        assert ("restore", backup.name) in [(action, subject) for _, action, subject in hall.log(store)]


def test_a_backup_from_before_there_were_accounts_is_restored_with_the_accounts_of_today(
    tmp_path: Path, clock: Clock
) -> None:
    directory = tmp_path / "hall"
    with open_store(directory, data_key(directory)) as store:
        found_office(store, DISTRICT)
        backup = Backups(store, account="苏敏", today=clock.today, now=clock.now).make(tmp_path / "stick").path
        Accounts(store, account=CHIEF, now=clock.now, cost=CHEAP).begin(CHIEF, SECRET)
    restore(directory, backup, now=clock.now(), proof=Proof(CHIEF, SECRET))
    with open_store(directory, sign_in(directory, CHIEF, SECRET, now=clock.now()).opened) as store:
        assert [one.name for one in Accounts(store, account=CHIEF, now=clock.now).all()] == [CHIEF]


def test_only_an_administrator_or_the_code_restores(hall: Hall, tmp_path: Path) -> None:
    backup = backed_up(hall, tmp_path / "stick")
    before = store_path(hall.directory).read_bytes()
    with pytest.raises(DeskError, match="只有管理员"):
        restore(hall.directory, backup, now=hall.clock.now(), proof=Proof(CLERK, SECRET))
    with pytest.raises(DeskError, match="只有管理员"):
        restore(hall.directory, backup, now=hall.clock.now(), proof=Proof(CLERK, SECRET), dry_run=True)
    with pytest.raises(SignInError):
        restore(hall.directory, backup, now=hall.clock.now(), proof=Proof(CHIEF, "wrong"))
    with pytest.raises(DeskError, match="姓名"):
        restore(hall.directory, backup, now=hall.clock.now())
    assert store_path(hall.directory).read_bytes() == before
    restore(hall.directory, backup, now=hall.clock.now(), proof=Proof(code=hall.code))


def test_what_happened_to_accounts_after_a_backup_is_not_undone_by_it(hall: Hall, tmp_path: Path) -> None:
    backup = backed_up(hall, tmp_path / "stick")
    with hall.open() as store:
        accounts = hall.accounts(store)
        accounts.disable(CLERK)
        accounts.add("王芳", HANDLERS, SECRET)
        log = hall.log(store)
    restore(hall.directory, backup, now=hall.clock.now(), proof=Proof(CHIEF, SECRET))
    with hall.open("王芳", own="my own words") as store:
        assert {one.name: one.active for one in hall.accounts(store).all()}[CLERK] is False
        assert hall.log(store)[3 : 3 + len(log)] == log


def test_the_key_ring_goes_with_the_backups_and_restores_on_another_machine(hall: Hall, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    backup = backed_up(hall, stick)
    (ring,) = stick.glob("*.key")
    assert ring.read_bytes() == key_path(hall.directory).read_bytes()
    machine = tmp_path / "machine"
    with pytest.raises(DeskError, match="只有管理员"):
        restore(machine, backup, now=hall.clock.now(), proof=Proof(CLERK, SECRET))
    assert not store_path(machine).exists()
    restore(machine, backup, now=hall.clock.now(), proof=Proof(CHIEF, SECRET))
    with open_store(machine, sign_in(machine, CLERK, SECRET, now=hall.clock.now()).opened) as store:
        assert len(list(hall.cases(store, CLERK).all())) == 1


def test_a_bare_key_never_goes_with_the_backups(store: Store, clock: Clock, tmp_path: Path) -> None:
    (tmp_path / "second").mkdir()
    backups = Backups(store, account="苏敏", today=clock.today, now=clock.now)
    backups.set_second_folder(tmp_path / "second")
    backups.make()
    backups.make(tmp_path / "stick")
    assert not list(tmp_path.rglob("stick/*.key")) + list(tmp_path.rglob("second/*.key"))


def test_several_rings_beside_a_backup_are_not_guessed_at(hall: Hall, tmp_path: Path) -> None:
    backup = backed_up(hall, tmp_path / "stick")
    (tmp_path / "stick" / "desk-00000000.key").write_bytes(b"{}")
    with pytest.raises(DeskError, match="--key"):
        restore(tmp_path / "machine", backup, now=hall.clock.now(), proof=Proof(CHIEF, SECRET))


def test_nobodys_name_and_no_number_is_in_any_file(hall: Hall) -> None:
    with pytest.raises(SignInError):
        sign_in(hall.directory, CLERK, "wrong", now=hall.clock.now())
    with pytest.raises(SignInError):
        sign_in(hall.directory, "没有此人", "wrong", now=hall.clock.now())
    assert attempts_path(hall.directory).exists()
    with hall.open() as store:
        hall.cases(store, CLERK).enter("02B", ON, hiring())
        Backups(store, account=CHIEF, today=hall.clock.today, now=hall.clock.now).make()
        facts = hiring()
        names = [CHIEF, *ROLES, "没有此人", facts["applicant_name"], facts["bank_account"], facts["credit_code"]]
        names += [row[key] for row in facts["roster"] for key in ("name", "id_number")]
        files = [path for path in hall.directory.rglob("*") if path.is_file()]
        assert len(files) > 4
        assert list(backup_directory(hall.directory).iterdir())
        for path in files:
            content = path.read_bytes()
            for name in names:
                for encoding in ("utf-8", "utf-16-le", "gb18030"):
                    assert name.encode(encoding) not in content, (path.name, name)


def test_nobody_unlocks_in_another_hall(hall: Hall, tmp_path: Path, clock: Clock) -> None:
    other = Hall(tmp_path / "other", clock)
    with hall.open() as store:
        key_path(hall.directory).write_bytes(key_path(other.directory).read_bytes())
        with pytest.raises(DeskError, match="密钥文件与打开着的数据不符"):
            switch(store, CLERK, SECRET, now=clock.now)


# Whoever may not ------------------------------------------------------------------------------------------------------


def test_only_an_administrator_looks_into_a_backup(hall: Hall, tmp_path: Path) -> None:
    """Guard: `refuse_all_but_administrators` in `Backups.look`: it names cases and applicants."""
    backup = backed_up(hall, tmp_path / "stick")
    with hall.open() as store:
        backups = Backups(store, account=CLERK, today=hall.clock.today, now=hall.clock.now)
        with refused("只有管理员"):
            backups.look(backup, Proof(CLERK, SECRET))
        assert backups.look(backup, Proof(CHIEF, SECRET)).dry_run
        assert backups.look(backup, Proof(code=hall.code)).dry_run


def test_an_administrator_who_was_disabled_restores_nothing(hall: Hall, tmp_path: Path) -> None:
    """Guard: `row.active` in `refuse_all_but_administrators`: an old key file still opens for them."""
    backup = backed_up(hall, tmp_path / "stick")
    old = tmp_path / "old.key"
    with hall.open() as store:
        hall.accounts(store).add("前主任", KEEPS, SECRET)
        own(store)
        old.write_bytes(key_path(hall.directory).read_bytes())
        hall.accounts(store).disable("前主任")
    with refused("只有管理员"):
        restore(hall.directory, backup, now=hall.clock.now(), key_file=old, proof=Proof("前主任", SECRET), dry_run=True)


def test_the_key_ring_lies_beside_the_backups_in_the_second_folder(hall: Hall, tmp_path: Path) -> None:
    """Guard: the key ring in `_copy_beside`: with it and a password a new machine opens them."""
    (tmp_path / "stick").mkdir()
    with hall.open() as store:
        hall.cases(store, CLERK).enter("02B", ON, hiring())
        backups = Backups(store, account=CHIEF, today=hall.clock.today, now=hall.clock.now)
        backups.set_second_folder(tmp_path / "stick")
        made = backups.make()
    (ring,) = (tmp_path / "stick").glob("desk-*.key")
    assert ring.read_bytes() == key_path(hall.directory).read_bytes()
    fresh = tmp_path / "fresh"
    restore(fresh, tmp_path / "stick" / made.path.name, now=hall.clock.now(), proof=Proof(CHIEF, SECRET))
    with open_store(fresh, sign_in(fresh, CHIEF, SECRET, now=hall.clock.now()).opened) as store:
        assert store.count(CaseFilter()) == 1


def test_somebody_disabled_takes_nothing_out_and_lets_nothing_in(hall: Hall, tmp_path: Path) -> None:
    """Guards: `demand` in `Packages.export`, `Packages.take`, `OwnData.of` and `Cases.note`: a desk stands open."""
    with hall.open() as store:
        case = hall.cases(store, CLERK).enter("02B", ON, hiring()).row.case
        packages = Packages(store, DISTRICT, account=CLERK, now=hall.clock.now)
        package = packages.compose(everything=True)
        hall.accounts(store).disable(CLERK)
        for forbidden in (
            lambda: packages.export(tmp_path / "p.xlsx", password=SECRET),
            lambda: packages.take(package),
            lambda: OwnData(store, account=CLERK).of(hiring()["roster"][0]["id_number"]),
            lambda: hall.cases(store, CLERK).note(case, "note", {"x": 1}),
        ):
            with refused(f"{CLERK} 不能办理这一步"):
                forbidden()
        assert list(tmp_path.glob("*.xlsx")) == []


def test_a_name_of_blanks_is_asked_for(hall: Hall) -> None:
    """Guard: the name in `sign_in`; it is no attempt."""
    with refused("请写明姓名"):
        sign_in(hall.directory, "  ", SECRET, now=hall.clock.now())
    assert not attempts_path(hall.directory).exists()


def test_a_key_ring_that_still_opens_for_somebody_disabled_lets_nobody_in(hall: Hall) -> None:
    """Guard: `row.active`, and the row itself, in `arrive`: an old key file was put back."""
    with hall.open() as store:
        (row,) = (row for row in store.accounts.all() if row.name == CLERK)
        store.accounts.put([replace(row, active=False)])
    with refused("已停用或不存在"), hall.open(CLERK):
        pass
    with hall.open() as store:
        store._db.conn.execute("DELETE FROM accounts WHERE name = ?", (CLERK,))
    with refused("已停用或不存在"), hall.open(CLERK):
        pass
