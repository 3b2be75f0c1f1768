"""Records as JSON, whole and piece by piece."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from polypage.runs.records import told

ITEMS = st.one_of(st.integers(), st.text(), st.lists(st.integers()))


@given(st.dictionaries(st.text(), st.lists(ITEMS, max_size=3)), st.integers(0, 2_500))
def test_pieces_are_the_line_that_json_gives(record: dict[str, list[object]], many: int) -> None:
    lists = {**record, "many": [*range(many)]}

    pieces = [*told({**{key: iter(items) for key, items in lists.items()}, "single": 1})]

    assert "".join(pieces) == json.dumps({**lists, "single": 1}, ensure_ascii=False)
