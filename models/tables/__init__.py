"""SQLModel tables, a noun a file. Importing this package makes the whole schema known.

Every table carries `workspace_id`, and every index starts with it, so that a query is bound to one
workspace and PostgreSQL can partition by it. Columns only; what may be written is decided in rules.
"""

from models.tables.configs import ConfigVersionRow
from models.tables.directory import ChannelRow, PersonRow, UserGroupRow
from models.tables.escalation import ClockRow, EscalationRow, EvidenceRow, SegmentRow
from models.tables.history import EventRow, ReceiptRow
from models.tables.notice import LaneRow, NoticeRow, PostRow
from models.tables.rotation import RotationRow
from models.tables.timer import TimerRow
from models.tables.workspace import WorkspaceRow

__all__ = [
    "ChannelRow",
    "ClockRow",
    "ConfigVersionRow",
    "EscalationRow",
    "EventRow",
    "EvidenceRow",
    "LaneRow",
    "NoticeRow",
    "PersonRow",
    "PostRow",
    "ReceiptRow",
    "RotationRow",
    "SegmentRow",
    "TimerRow",
    "UserGroupRow",
    "WorkspaceRow",
]
