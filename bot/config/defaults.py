"""What holds where the file says nothing: targets, ladders and team names (DOMAIN, "Severity" and "The ladder")."""

from collections.abc import Mapping

from models.rules.rulebook import ClockKind, Duration, HoursMode, Policy, Rung, RungAct, Target, TeamKind
from models.rules.severity import Severity

_MINUTE, _HOUR = 60, 3600


def _targets(acknowledge: Target, update: Target, resolve: Target) -> Mapping[ClockKind, Target]:
    return {ClockKind.ACKNOWLEDGE: acknowledge, ClockKind.UPDATE: update, ClockKind.RESOLVE: resolve}


def _always(seconds: int) -> Target:
    return Target(Duration(seconds=seconds), HoursMode.ALWAYS)


def _business_days(days: int) -> Target:
    return Target(Duration(days=days), HoursMode.BUSINESS)


_URGENT_LADDER = (
    Rung(50, (RungAct.REMIND,)),
    Rung(80, (RungAct.THREAD, RungAct.CHANNEL)),
    Rung(100, (RungAct.REASSIGN, RungAct.TELL_LEAD)),
    Rung(120, (RungAct.PAGE_LEAD,)),
)

POLICIES: Mapping[Severity, Policy] = {
    Severity.SEV1: Policy(_targets(_always(15 * _MINUTE), _always(30 * _MINUTE), _always(4 * _HOUR)), _URGENT_LADDER),
    Severity.SEV2: Policy(
        _targets(_always(30 * _MINUTE), _always(2 * _HOUR), Target(Duration(seconds=8 * _HOUR), HoursMode.WEEKDAYS)),
        _URGENT_LADDER,
    ),
    Severity.SEV3: Policy(
        _targets(Target(Duration(seconds=4 * _HOUR), HoursMode.BUSINESS), _business_days(1), _business_days(3)),
        (
            Rung(80, (RungAct.REMIND,)),
            Rung(100, (RungAct.THREAD, RungAct.REASSIGN)),
            Rung(120, (RungAct.LEAD_DIGEST,)),
        ),
    ),
    Severity.SEV4: Policy(
        _targets(_business_days(1), _business_days(3), _business_days(10)),
        (Rung(100, (RungAct.REMIND,)), Rung(120, (RungAct.LEAD_DIGEST,))),
    ),
}

TEAM_NAMES: Mapping[TeamKind, Mapping[str, str]] = {
    TeamKind.ENGINEERING: {"en": "Engineering", "zh_Hans": "工程团队", "zh_Hant": "工程團隊"},
    TeamKind.PRODUCT: {"en": "Product", "zh_Hans": "产品团队", "zh_Hant": "產品團隊"},
    TeamKind.OPERATIONS: {"en": "Operations", "zh_Hans": "运营团队", "zh_Hant": "營運團隊"},
    TeamKind.SUPPORT: {"en": "Support", "zh_Hans": "支持团队", "zh_Hant": "支援團隊"},
}
