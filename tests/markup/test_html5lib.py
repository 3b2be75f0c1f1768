"""The html5lib project's tokenizer tests, which browsers and parsers share, judge `markup`.

They are measuring data, kept outside of the project: without them these tests are skipped.
"""

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from polypage.html.markup import (
    Comment,
    Doctype,
    EndTag,
    Junk,
    StartTag,
    State,
    Text,
    Token,
    tokenize,
    value,
)

CASES = (
    Path(os.environ.get("POLYPAGE_SHARED", Path(__file__).parents[3] / "shared"))
    / "cases"
    / "html5lib-tokenizer"
)
OUT_OF_SCOPE = {
    "xmlViolation.test": "it wants the characters that XML forbids replaced, polypage keeps them",
}
"""What the tests report besides tokens, the parse errors, polypage has no use for either."""

STATES = {
    "Data state": State.DATA,
    "RCDATA state": State.RCDATA,
    "RAWTEXT state": State.RAWTEXT,
    "Script data state": State.SCRIPT,
    "PLAINTEXT state": State.PLAINTEXT,
}
CDATA_PREFIX = "<svg><![CDATA["
"""polypage reaches the state of a CDATA section through markup alone."""

needs_cases = pytest.mark.skipif(
    not CASES.is_dir(), reason="html5lib's tokenizer tests are not beside the project"
)


@needs_cases
@pytest.mark.parametrize("path", sorted(CASES.glob("*.test")), ids=lambda path: path.stem)
def test_tokens_are_those_of_the_standard(path: Path) -> None:
    if path.name in OUT_OF_SCOPE:
        pytest.skip(OUT_OF_SCOPE[path.name])

    wrong = [
        (case["description"], state, case["input"], tokens, case["output"])
        for case, state in _runs(path)
        if (tokens := _as_html5lib(case, state)) != case["output"]
    ]

    assert wrong == []


@needs_cases
def test_the_judge_is_complete() -> None:
    runs = [run for path in CASES.glob("*.test") for run in _runs(path)]

    assert len(runs) > 7000


def _runs(path: Path) -> Iterator[tuple[dict[str, Any], str]]:
    for case in json.loads(path.read_text("utf-8")).get("tests", ()):
        if case.get("doubleEscaped"):
            case = json.loads(json.dumps(case).replace(r"\\u", r"\u"))  # noqa: PLW2901
        for state in case.get("initialStates", ["Data state"]):
            yield case, state


def _as_html5lib(case: dict[str, Any], state: str) -> list[list[Any]]:
    last = case.get("lastStartTag")
    if state in STATES:
        text = case["input"]
        tokens = tokenize(text, state=STATES[state], last_start_tag=last)
    else:
        text = CDATA_PREFIX + case["input"]
        tokens = tokenize(text)[1:]
    found: list[list[Any]] = []
    for token in tokens:
        for item in _items(text, token):
            if found and item[0] == found[-1][0] == "Character":
                found[-1][1] += item[1]
            else:
                found.append(item)
    return found


def _items(text: str, token: Token) -> Iterator[list[Any]]:
    match token:
        case StartTag():
            attributes = {attribute.name: attribute.value for attribute in token.attributes}
            closing = [True] if token.self_closing else []
            yield ["StartTag", token.name, attributes, *closing]
        case EndTag():
            yield ["EndTag", token.name]
        case Text():
            if characters := value(text, token):
                yield ["Character", characters]
        case Comment():
            yield ["Comment", value(text, token)]
        case Doctype():
            yield [
                "DOCTYPE", token.name, token.public_id, token.system_id, not token.quirks
            ]  # fmt: skip
        case Junk():
            pass
