"""Translations in a language that is not the one they are for.

>>> [each.message for each in in_another(english, same, profile("en"), profile("id"))]
['it reads as English, not Indonesian']
"""

from __future__ import annotations

from collections.abc import Iterator

from polypage.checking.remarks import Remark
from polypage.language.identification import are_alike, identify, is_known
from polypage.profiles import Profile, profile


def in_another(source: str, target: str, spoken: Profile, written: Profile) -> Iterator[Remark]:
    """Tell which language a translation is in, where that is not its own.

    What quotes a third language does so in the source too.
    """
    if not is_known(written.language) or target == source:
        return
    found = identify(target)
    if found is None or are_alike(found.language, written.language):
        return
    if found.language != spoken.language:
        quoted = identify(source)
        if quoted is not None and quoted.language == found.language:
            return
    yield Remark(f"it reads as {profile(found.language).name}, not {written.name}")
