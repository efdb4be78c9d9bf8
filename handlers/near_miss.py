"""Which verb a mistyped word is near to, where an ID follows it.

A near miss is only ever asked about (DOMAIN: "Did you mean…", never a new escalation), so a wrong guess
costs one press. Words of the trade that look like a verb are not near misses.
"""

from handlers.verbs import BY_WORD, NEEDS_ID, Verb

# One sign away from a verb, and yet how a title begins: refund, settlement, change, lost, note, hold…
_TRADE_WORDS = frozenset(
    {"退款", "退单", "退單", "退货", "退貨", "更换", "更換", "等级", "等級", "解释", "解釋", "解冻", "解凍"}
    | {"last", "lost", "note", "rate", "date", "case", "cost", "loss", "since", "after", "about", "line"}
)


def nearest_verb(word: str) -> Verb | None:
    """The verb that takes an ID and is one slip away from `word` (two, in words of six letters or more)."""
    if word in _TRADE_WORDS:
        return None
    found = [
        (distance, known)
        for known, verb in BY_WORD.items()
        if verb in NEEDS_ID and (distance := _slips(word, known)) <= _tolerance(known)
    ]
    return BY_WORD[min(found)[1]] if found else None


def _tolerance(known: str) -> int:
    if not known.isascii():
        return 1 if len(known) >= 2 else 0
    return 2 if len(known) >= 6 else 1


def _slips(word: str, known: str) -> int:
    """Letters added, left out, changed or swapped with their neighbour (optimal string alignment)."""
    if abs(len(word) - len(known)) > 2 or (not known.isascii() and len(word) != len(known)):
        return 9
    before_last: list[int] = []
    last = list(range(len(known) + 1))
    for row, char in enumerate(word, start=1):
        line = [row]
        for column, wanted in enumerate(known, start=1):
            cost = min(last[column] + 1, line[-1] + 1, last[column - 1] + (char != wanted))
            if row > 1 and column > 1 and char == known[column - 2] and word[row - 2] == wanted:
                cost = min(cost, before_last[column - 2] + 1)
            line.append(cost)
        before_last, last = last, line
    return last[-1]
