"""系统管理: the office, backups, the state of the store, the window, and what this program is."""

from __future__ import annotations

from jinan_desk.core.text import N_
from jinan_desk.gui.about_view import AboutView
from jinan_desk.gui.access_panel import AccessPanel
from jinan_desk.gui.accounts_panel import AccountsPanel
from jinan_desk.gui.backups_view import BackupsView
from jinan_desk.gui.card import CardColumn
from jinan_desk.gui.check_view import CheckView
from jinan_desk.gui.context import Context
from jinan_desk.gui.office_view import OfficeView
from jinan_desk.gui.own_data_card import OwnDataCard
from jinan_desk.gui.preferences_view import PreferencesView
from jinan_desk.gui.retention_view import RetentionView
from jinan_desk.gui.switched import SwitchedViews
from jinan_desk.gui.workdays_card import WorkdaysCard

OFFICE, WORKDAYS, BACKUPS = N_("经办机构"), N_("工作日历"), N_("备份与恢复")
ACCOUNTS, ACCESS = N_("账号"), N_("访问记录")
RETENTION, OWN_DATA = N_("保存期限"), N_("印给本人")
CHECK, WINDOW, ABOUT = N_("检查数据"), N_("界面"), N_("快捷键与关于")


class SystemPage(SwitchedViews):
    """A view a subject."""

    def __init__(self, context: Context) -> None:
        super().__init__(
            (
                (OFFICE, lambda: OfficeView(context)),
                (WORKDAYS, lambda: CardColumn([WorkdaysCard(context)])),
                (BACKUPS, lambda: BackupsView(context)),
                (ACCOUNTS, lambda: AccountsPanel(context)),
                (ACCESS, lambda: AccessPanel(context)),
                (RETENTION, lambda: RetentionView(context)),
                (OWN_DATA, lambda: CardColumn([OwnDataCard(context)])),
                (CHECK, lambda: CheckView(context)),
                (WINDOW, lambda: PreferencesView(context)),
                (ABOUT, lambda: AboutView(context)),
            ),
            context.say,
        )
        self.picked.connect(lambda number: context.bus.moved_on.emit())  # what was refused stands in another view
