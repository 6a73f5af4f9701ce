"""The window: Qt and nothing but Qt. It shows what services say and hands them what people type.

No file, no store and no rule is known here. Two threads work beside the window (`gui.task`); neither touches a widget.
"""
