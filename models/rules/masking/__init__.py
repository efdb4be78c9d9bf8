"""Masking: card numbers and API keys are gone from a text before it is stored or logged.

`mask` is the only maker of `Masked`, the type that every free-text column and notice asks for. What to look
for is in `cards` and `keys`; `shadow` lets them see through full-width digits and invisible characters.
"""

from models.rules.masking.masked import Masked, MaskResult, mask, restore
from models.rules.masking.shadow import Kind

__all__ = ["Kind", "MaskResult", "Masked", "mask", "restore"]
