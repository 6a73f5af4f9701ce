"""快捷键与关于: every key of the window, and what this program is."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from jinan_desk import __version__
from jinan_desk.core.basis import CIRCULAR
from jinan_desk.core.text import N_
from jinan_desk.gui.card import Card, CardColumn
from jinan_desk.gui.context import Context
from jinan_desk.measures import programmes
from jinan_desk.resources import articles

_KEYS = (
    ("Alt+1 … Alt+9", N_("转到左侧的第几页")),
    ("Ctrl+N", N_("新建办件")),
    ("Ctrl+S", N_("保存")),
    ("Ctrl+P", N_("打印")),
    ("Ctrl+F", N_("查找")),
    ("Ctrl+G", N_("转到事项")),
    ("Ctrl+M", N_("收到的材料；再按回到填写")),
    ("Ctrl+Shift+H", N_("换一位经办人办理")),
    ("F1", N_("看条文，依据的原文加亮；在别的页看手册")),
    ("Shift+F1", N_("这一页的手册")),
    ("Esc", N_("返回列表")),
    ("Enter", N_("下一项；在列表中打开")),
    ("Ctrl+1、Ctrl+2 …", N_("办件的下一步，同一阶段键位不变")),
    ("Ctrl+Enter", N_("多行的意见、理由写完后确定")),
    ("Ctrl+Z、Ctrl+Y", N_("撤销、重做，表单和名单都可以")),
    ("Ctrl+I、Ctrl+D", N_("名单：导入、向下填充")),
    ("Ctrl++、Ctrl+-", N_("名单：插入行、删除行")),
    ("Y、N、Delete", N_("是、否、未知")),
    ("Alt+↓", N_("选择日期")),
    ("Ctrl+C", N_("复制表格中的一行；名单中可复制、粘贴一片")),
)  # fmt: skip


class AboutView(QWidget):
    """Two cards to be read."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        say = context.say
        keys = Card(say(N_("快捷键")))
        keys.add_lines([(say.listed(key.split("、")), say(words)) for key, words in _KEYS])
        about = Card(say(N_("关于")))
        total, count = len(articles()), sum(1 for _ in programmes())
        about.add_lines(
            (
                (say(N_("程序")), say(N_("济南市稳就业政策措施经办台"))),
                (say(N_("版本")), __version__),
                (say(N_("文件")), CIRCULAR),
                (say(N_("内容")), say(N_("{articles} 条，{programmes} 个事项"), articles=total, programmes=count)),
                (say(N_("数据目录")), str(context.desk.store.directory)),
                (say(N_("网络")), say(N_("本程序从不连接网络。"))),
            )
        )
        more = Card(say(N_("使用手册")))
        more.add_text(say(N_("各页怎样用、打印、备份、账号和常见问题；导览用一分钟走一遍窗口的各个部分。")))
        self.manual = QPushButton(say(N_("打开使用手册")))
        self.manual.clicked.connect(lambda checked: context.bus.help_wanted.emit("start"))
        self.tour = QPushButton(say(N_("开始导览")))
        self.tour.clicked.connect(lambda checked: context.bus.tour_wanted.emit())
        buttons = QHBoxLayout()
        buttons.addWidget(self.manual)
        buttons.addWidget(self.tour)
        buttons.addStretch(1)
        more.box.addLayout(buttons)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(CardColumn([more, keys, about]))
