"""Personal data in a customer's text: where it stands, and the text without it.

The text is read as the customer sent it, in any script and width. :func:`find_personal_data` looks at a
folded copy of equal length (ASCII digits, Simplified cue characters) and leaves invisible characters out of
it; its answers are positions in the original. A *recogniser* is an expression with a judge: the expression
proposes a candidate, the judge names its kind or refuses it. ``docs/privacy.md`` says what is masked, what is
not, and why.

Two things shape the expressions. Each takes linear time: all repetition is bounded or possessive. And a false
find is not free, because rules and models cannot read what is masked: names and addresses need a cue, numbers
a check or a cue.

To read it from below: ``datum`` and ``ranges``; ``folding``; ``recogniser``; the words about ``numbers``, the
``surnames`` and ``name_words``; one module of recognisers per family; ``groups``, which orders them; ``scan``.
"""

from triage.preprocess.redact.datum import Kind, PersonalDatum
from triage.preprocess.redact.ranges import find_masked, mask
from triage.preprocess.redact.scan import find_personal_data

__all__ = ["Kind", "PersonalDatum", "find_masked", "find_personal_data", "mask"]
