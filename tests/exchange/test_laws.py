"""What goes out comes back: every catalog, in every format that holds all of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given

from polypage.catalogs.catalog import Catalog, parse, serialize
from polypage.exchange.bundle import pack
from polypage.exchange.formats import FORMATS
from tests.catalog.strategies import catalogs
from tests.conftest import ROOT

SAMPLES = sorted((ROOT / "locales").rglob("*.po"))
PATH = "locales/vi/LC_MESSAGES/dose.po"

each_format = pytest.mark.parametrize("form", ["xliff", "xliff-1.2"])


def there_and_back(form: str, catalog: Catalog) -> Catalog:
    data = FORMATS[form].serialize(pack(catalog, path=PATH, source="en", target="vi"))
    (bundle,) = FORMATS[form].parse(data, path="dose.xlf")
    assert bundle.path == PATH
    return bundle.catalog


@each_format
@given(catalog=catalogs())
def test_any_catalog_comes_back_as_it_went(form: str, catalog: Catalog) -> None:
    assert there_and_back(form, catalog) == catalog


@each_format
@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_sample_catalog_comes_back_to_the_byte(form: str, path: Path) -> None:
    data = path.read_bytes()

    catalog = parse(data, path=str(path))

    assert serialize(there_and_back(form, catalog)) == data
