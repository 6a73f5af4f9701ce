"""What a person can mend. Everything else that is raised is a bug."""

from __future__ import annotations

import errno

from jinan_desk.core.text import N_, Sentence, Translate, chinese


class DeskError(Exception):
    """One sentence for the person at the desk: what is wrong, where, and what is allowed.

    Caught by its type at the edges (window, command line) and shown as it reads; never recognised by its text.
    """

    def __init__(self, sentence: Sentence) -> None:
        super().__init__(sentence.source)
        self.sentence = sentence

    def read(self, translate: Translate = chinese) -> str:
        return self.sentence.read(translate)


_REASONS = {
    errno.ENOSPC: N_("磁盘已满"),
    errno.EDQUOT: N_("磁盘配额已用完"),
    errno.EFBIG: N_("文件太大，超出系统限制"),
    errno.EACCES: N_("没有权限"),
    errno.EPERM: N_("没有权限"),
    errno.EROFS: N_("磁盘或文件夹是只读的"),
    errno.ENOENT: N_("文件或文件夹不存在"),
    errno.ENOTDIR: N_("路径中有一段不是文件夹"),
    errno.EISDIR: N_("同名的是一个文件夹"),
    errno.EEXIST: N_("已有同名的文件"),
    errno.EIO: N_("磁盘读写出错"),
}


def reason(error: OSError) -> Sentence | str:
    """Why a file could not be read or written, in the reader's language where it is one of the usual reasons, else as
    the system says it."""
    known = _REASONS.get(error.errno or 0)
    return Sentence(known) if known else error.strerror or str(error)
