"""What a log line tells of an exception: types, places and codes, but not what it says.

A message may quote what somebody typed (a database's "Failing row contains …", a parser's "invalid value …"). It
is told only for errors whose messages Python itself writes about the program, and for a typed error's `code`.
"""

import re
import traceback
from pathlib import PurePath
from types import TracebackType

from structlog.typing import EventDict, WrappedLogger

from models.rules.masking import mask

_WRITTEN_BY_PYTHON = (
    ArithmeticError, AttributeError, ImportError, IndexError, MemoryError, NameError, NotImplementedError,
    OSError, RecursionError, TimeoutError, TypeError,
)  # fmt: skip
_CODE = re.compile(r"[A-Za-z0-9_.-]{1,64}")
_MOST_FRAMES = 15
_MOST_CAUSES = 5
_MOST_CHARACTERS = 200


def tell_exception(_logger: WrappedLogger, _method: str, event_dict: EventDict) -> EventDict:
    """A structlog processor: `exc_info` becomes `exception`, one text."""
    error = event_dict.pop("exc_info", None)
    event_dict.pop("stack_info", None)
    if isinstance(error, tuple):
        error = error[1]
    if isinstance(error, BaseException):
        event_dict["exception"] = "\n".join(_told(error, _MOST_CAUSES))
    return event_dict


def _told(error: BaseException, causes: int) -> list[str]:
    lines = [_headline(error), *_places(error.__traceback__)]
    if isinstance(error, BaseExceptionGroup):
        for each in error.exceptions[:causes]:
            lines += [f"with {line}" if n == 0 else line for n, line in enumerate(_told(each, causes - 1))]
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if cause is not None and causes > 0:
        first, *rest = _told(cause, causes - 1)
        lines += [f"caused by {first}", *rest]
    return lines


def _headline(error: BaseException) -> str:
    name = type(error).__name__
    codes = [getattr(error, attribute, None) for attribute in ("code", "sqlstate")]
    told = [code for code in codes if isinstance(code, str) and _CODE.fullmatch(code)]
    if isinstance(error, _WRITTEN_BY_PYTHON):
        said = str(error).partition("\n")[0][:_MOST_CHARACTERS]
        told.append(mask(re.sub(r"[^\x20-\x7e]+", "…", said)).text)
    return f"{name}: {', '.join(told)}" if any(told) else name


def _places(trace: TracebackType | None) -> list[str]:
    frames = [frame for frame, _ in traceback.walk_tb(trace)]
    numbers = [number for _, number in traceback.walk_tb(trace)]
    places = [
        f"  {'/'.join(PurePath(frame.f_code.co_filename).parts[-3:])}:{number} in {frame.f_code.co_name}"
        for frame, number in zip(frames, numbers, strict=True)
    ]
    return places[-_MOST_FRAMES:]
