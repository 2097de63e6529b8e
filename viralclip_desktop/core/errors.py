"""What can go wrong, in two classes: faults of the world around us, and our own bugs.

A :class:`Fault` carries one sentence of what happened and one of what to do, and is shown to the user
as it is. Anything else that reaches the top is a bug, is logged whole and offered for a report.
"""

from __future__ import annotations


class Fault(Exception):
    """A known trouble that is not our bug: told to the user, never logged as a crash."""

    exit_code = 4

    def __init__(self, message: str, hint: str = "", details: str = "") -> None:
        """``message``: what happened. ``hint``: what to do. ``details``: log lines, shown folded.

        With values in them, the first two are made with :func:`~viralclip_desktop.core.messages.say`.
        """
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.details = details

    def __str__(self) -> str:
        return f"{self.message} {self.hint}".strip()


class BadInput(Fault):
    """What the user gave cannot be used (missing, damaged, empty, not media, no speech...)."""

    exit_code = 3


class EnvironmentLacks(Fault):
    """The machine lacks something: a program, a model, disk space, a permission, a network."""

    exit_code = 4


class Cancelled(Fault):
    """The user stopped the work."""

    exit_code = 5

    def __init__(self, message: str = "Cancelled.", hint: str = "", details: str = "") -> None:
        super().__init__(message, hint, details)


class PartlyDone(Fault):
    """Some of several things could not be finished; the others are."""

    exit_code = 1


class UsageError(Fault):
    """The command line, or a value typed into it, makes no sense."""

    exit_code = 2


class NotFound(BadInput):
    """No such project, source, clip or export."""


class NotApplied(BadInput):
    """Undo or redo passed an edit over, whole or in part: what it changed is gone, or is another now."""


class MutationOutsideTransaction(RuntimeError):
    """Our own bug: something tried to change the project outside a transaction."""
