"""Text objects, options and confirmation dialogs.

Slack: https://docs.slack.dev/reference/block-kit/composition-objects
"""

from bot.sandbox.blocks.fields import URL, Check, boolean, by_type, one_of, shape, string


def plain_text(longest: int) -> Check:
    """A plain_text object of at most so many characters, and not empty."""
    return by_type({"plain_text": shape({"text": string(longest, 1)}, {"emoji": boolean})})


def any_text(longest: int) -> Check:
    """A plain_text or mrkdwn object of at most so many characters, and not empty."""
    return by_type(
        {
            "plain_text": shape({"text": string(longest, 1)}, {"emoji": boolean}),
            "mrkdwn": shape({"text": string(longest, 1)}, {"verbatim": boolean}),
        }
    )


CONFIRM = shape(
    {"title": plain_text(100), "text": any_text(300), "confirm": plain_text(30), "deny": plain_text(30)},
    {"style": one_of("primary", "danger")},
)


def option(text: Check, **more: Check) -> Check:
    """One option of a menu or a list of boxes."""
    return shape({"text": text, "value": string(150, 1)}, {"description": plain_text(75), **more})


MENU_OPTION = option(plain_text(75))
OVERFLOW_OPTION = option(plain_text(75), url=URL)
BOX_OPTION = shape({"text": any_text(75), "value": string(150, 1)}, {"description": any_text(75)})
