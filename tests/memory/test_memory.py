from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz import fuzz

from polypage.errors import CatalogError, DamagedError
from polypage.model import Entry
from polypage.reuse.holdings import Gist, gist
from polypage.reuse.memory import Holding, Memory, opened
from tests.memory.keeping import kept

DOSE = {"Take it with food.": "Uống cùng thức ăn.", "Never double a dose.": "Không uống gấp đôi."}


@pytest.fixture
def memory(tmp_path: Path) -> Iterator[Memory]:
    with opened(tmp_path / "memory") as made:
        yield made


def texts(memory: Memory, msgid: str, locale: str = "vi", least: float = 75) -> list[str]:
    return [hit.msgstr for hit in memory.similar(msgid, locale, least=least)]


# --- finding ----------------------------------------------------------------------------------


def test_a_text_is_found_in_all_catalogs_of_its_locale(memory: Memory) -> None:
    german = kept("dose", {"Take it with food.": "Zum Essen."}, "de")
    memory.refresh(lambda: [kept("a", DOSE), kept("b", DOSE), german])

    found = memory.exact(["Take it with food.", "Something else."], "vi")

    (hit,) = found.pop("Take it with food.")
    assert (hit.msgstr, hit.score, hit.catalogs) == ("Uống cùng thức ăn.", 100, 2)
    assert hit.path == "locales/vi/LC_MESSAGES/a.po"
    assert found == {}


def test_of_several_translations_the_most_used_comes_first(memory: Memory) -> None:
    rare, usual = {"Dose": "Liều lượng"}, {"Dose": "Liều"}
    memory.refresh(lambda: [kept("a", rare), kept("b", usual), kept("c", usual)])

    assert [hit.msgstr for hit in memory.exact(["Dose"], "vi")["Dose"]] == ["Liều", "Liều lượng"]


ALIKE = [
    ("Take it with some food.", "Take it with food."),
    ("Take <b1>it</b1> with food", "Take it with food."),
    ("take it WITH food.", "Take it with food."),
    ("Overviews", "Overview"),
    ("每日飯後服用三次，每次一片。", "每日飯後服用兩次，每次一片。"),
    ("1日3回、食後に服用してください。", "1日2回、食後に服用してください。"),
    ("รับประทานยาวันละสามครั้งหลังอาหาร", "รับประทานยาวันละสองครั้งหลังอาหาร"),
    ("하루에 세 번 식후에 복용하십시오.", "하루에 두 번 식후에 복용하십시오."),
    ("បរិភោគថ្នាំបីដងក្នុងមួយថ្ងៃ", "បរិភោគថ្នាំពីរដងក្នុងមួយថ្ងៃ"),
]


@pytest.mark.parametrize(("new", "old"), ALIKE)
def test_what_is_alike_is_found_in_any_script(memory: Memory, new: str, old: str) -> None:
    others = {f"Nothing like that, {n}": f"{n}" for n in range(300)}
    memory.refresh(lambda: [kept("others", others), kept("dose", {old: "đây"})])

    assert texts(memory, new)[:1] == ["đây"]


def test_what_is_not_alike_enough_is_not_found(memory: Memory) -> None:
    memory.refresh(lambda: [kept("dose", DOSE)])

    assert texts(memory, "Take it with food, or with a glass of water.") == []
    assert texts(memory, "Take it with food, or with a glass of water.", least=50) != []
    assert texts(memory, "") == texts(memory, "?!") == []


def test_a_text_that_few_locales_have_is_found_among_many_that_they_have_not(
    memory: Memory,
) -> None:
    # More than a search returns, and every one of them more alike.
    many = {f"Take it with food, {n}": f"{n}" for n in range(500)}
    memory.refresh(lambda: [kept("many", many, "de"), kept("dose", DOSE)])

    assert texts(memory, "Take it with food, 7") == ["Uống cùng thức ăn."]


@pytest.mark.parametrize(
    "entry",
    [
        Entry("Dose", ""),
        Entry("Dose", "Liều", flags=("fuzzy",)),
        Entry("Dose", plural="Doses", plural_msgstrs=("Liều",)),
    ],
    ids=["empty", "fuzzy", "plural"],
)
def test_what_nobody_answers_for_is_not_kept(memory: Memory, entry: Entry) -> None:
    memory.refresh(lambda: [kept("dose", [entry])])

    assert memory.exact(["Dose"], "vi") == {}


def test_what_has_left_its_article_is_kept(memory: Memory) -> None:
    memory.refresh(lambda: [kept("dose", [Entry("Dose", "Liều", obsolete=True)])])

    assert [hit.msgstr for hit in memory.exact(["Dose"], "vi")["Dose"]] == ["Liều"]


def test_contexts_are_told_apart(memory: Memory) -> None:
    menu = [Entry("Home", "Trang chủ", context="menu"), Entry("Home", "Nhà", context="")]
    memory.refresh(lambda: [kept("home", [*menu, Entry("Home", "Gia đình")])])

    found = {hit.context: hit.msgstr for hit in memory.exact(["Home"], "vi")["Home"]}

    assert found == {"menu": "Trang chủ", "": "Nhà", None: "Gia đình"}


# --- refreshing -------------------------------------------------------------------------------


def test_a_changed_catalog_changes_its_entries_and_no_others(memory: Memory) -> None:
    other = kept("other", {"Dose": "Liều"})
    memory.refresh(lambda: [kept("dose", DOSE), other])

    assert memory.refresh(lambda: [kept("dose", {"Take it with food.": "Ăn rồi uống."}), other])

    assert texts(memory, "Take it with food.") == ["Ăn rồi uống."]
    assert memory.exact(["Never double a dose."], "vi") == {}
    assert texts(memory, "Never double any dose.") == []
    assert memory.holdings() == (Holding("vi", 2, 2, 2),)


def test_a_catalog_that_is_gone_takes_its_entries_along(memory: Memory) -> None:
    shared = {"Take it with food.": "Zum Essen."}
    memory.refresh(lambda: [kept("dose", DOSE), kept("dose", shared, "de")])

    assert memory.refresh(lambda: [kept("dose", shared, "de")])

    assert texts(memory, "Take it with some food.") == []
    assert texts(memory, "Take it with some food.", "de") == ["Zum Essen."]
    assert memory.holdings() == (Holding("de", 1, 1, 1),)


def test_a_refreshing_with_nothing_new_writes_nothing(memory: Memory, tmp_path: Path) -> None:
    catalogs = [kept("a", DOSE), kept("b", {"Dose": "Liều"})]
    memory.refresh(lambda: catalogs)
    memory.close()
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*") if path.is_file()}

    assert not memory.refresh(lambda: catalogs)

    memory.close()
    after = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*") if path.is_file()}
    assert after == before


def test_without_catalogs_nothing_is_made(memory: Memory, tmp_path: Path) -> None:
    assert not memory.refresh(list)

    assert (memory.exists, memory.holdings(), memory.exact(["Dose"], "vi")) == (False, (), {})
    assert texts(memory, "Dose") == []
    assert list(tmp_path.iterdir()) == []


def test_only_new_words_are_something_new(memory: Memory) -> None:
    memory.refresh(lambda: [kept("dose", DOSE)])
    before = memory.identity("vi")
    commented = [
        *(Entry(msgid, msgstr, references=("a.html",)) for msgid, msgstr in DOSE.items()),
        Entry("Dose", "Liều", flags=("fuzzy",)),
    ]

    assert not memory.refresh(lambda: [kept("dose", commented)])

    assert memory.identity("vi") == before
    assert memory.refresh(lambda: [kept("dose", {**DOSE, "Dose": "Liều"})])
    assert memory.identity("vi") != before


def test_half_a_catalog_is_refused() -> None:
    with pytest.raises(CatalogError):
        gist("locales/vi/LC_MESSAGES/dose.po", "vi", b'msgid "Take')


def test_a_catalog_of_which_no_more_is_told_stays_as_it_was(memory: Memory) -> None:
    dose = kept("dose", DOSE)
    memory.refresh(lambda: [dose])

    assert not memory.refresh(lambda: [Gist(dose.path, dose.locale)])

    assert texts(memory, "Take it with food.") == ["Uống cùng thức ăn."]


_CATALOGS = st.dictionaries(
    st.sampled_from("abc"),
    st.dictionaries(st.sampled_from(["Dose", "Food", "A dose"]), st.sampled_from(["x", "y"])),
)


@settings(max_examples=25)
@given(st.lists(_CATALOGS, min_size=1, max_size=4))
def test_a_memory_that_was_refreshed_is_one_that_was_made_anew(
    tmp_path_factory: pytest.TempPathFactory, history: list[dict[str, dict[str, str]]]
) -> None:
    folder = tmp_path_factory.mktemp("memory")
    versions = [[kept(slug, said) for slug, said in each.items()] for each in history]

    with opened(folder / "old") as old, opened(folder / "new") as new:
        for version in versions:
            old.refresh(lambda version=version: version)  # type: ignore[misc]
        new.refresh(lambda: versions[-1])

        assert old.holdings() == new.holdings()
        assert old.identity("vi") == new.identity("vi")
        for text in ("Dose", "Food", "A dose", "The dose"):
            assert old.exact([text], "vi") == new.exact([text], "vi")
            assert old.similar(text, "vi", least=50) == new.similar(text, "vi", least=50)


_WORDS = st.lists(st.sampled_from("take roll skin dose never food".split()), min_size=1, max_size=6)


@settings(max_examples=25)
@given(st.sets(_WORDS.map(" ".join), max_size=8), _WORDS.map(" ".join))
def test_the_best_is_what_a_comparison_with_all_finds(
    tmp_path_factory: pytest.TempPathFactory, known: set[str], wanted: str
) -> None:
    with opened(tmp_path_factory.mktemp("memory") / "m") as memory:
        memory.refresh(lambda: [kept("dose", dict.fromkeys(known, "…"))])

        hits = memory.similar(wanted, "vi", least=60)

    ratios = {text: fuzz.ratio(text, wanted) for text in known}
    assert {hit.msgid: hit.score for hit in hits} == {
        text: ratio for text, ratio in ratios.items() if ratio >= 60
    }
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)


# --- damage -----------------------------------------------------------------------------------


def _overwrite(folder: Path, pattern: str) -> None:
    for path in folder.glob(pattern):
        path.write_bytes(b"\x93no such thing" * 500)


def _an_old_version(folder: Path) -> None:
    with sqlite3.connect(folder / "segments.sqlite3") as connection:
        connection.executescript("DROP TABLE translations; PRAGMA user_version = 0;")
    connection.close()


def _garble_names(folder: Path) -> None:
    """Make what the database says of its tables no text."""
    path = folder / "segments.sqlite3"
    path.write_bytes(path.read_bytes().replace(b"CREATE ", b"CREATE\xff"))


DAMAGES = {
    "names in the database": _garble_names,
    "database": lambda folder: _overwrite(folder, "segments.sqlite3"),
    "empty database": lambda folder: (folder / "segments.sqlite3").write_bytes(b""),
    "no database": lambda folder: (folder / "segments.sqlite3").unlink(),
    "old version": _an_old_version,
    "index": lambda folder: _overwrite(folder, "index/*"),
    "index's list": lambda folder: _overwrite(folder, "index/meta.json"),
    "no index": lambda folder: shutil.rmtree(folder / "index"),
    "empty index": lambda folder: [path.unlink() for path in folder.glob("index/*")],
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_a_damaged_memory_is_made_anew(tmp_path: Path, damage: object) -> None:
    catalogs = [kept("dose", DOSE)]
    folder = tmp_path / "memory"
    with opened(folder) as memory:
        memory.refresh(lambda: catalogs)
    assert callable(damage)
    damage(folder)

    # Whoever finds the damage may only leave word of it.
    with opened(folder) as memory:
        try:
            memory.identity("vi")
            found = texts(memory, "Take it with some food.")
        except DamagedError:
            found = []
    assert found in ([], ["Uống cùng thức ăn."])

    with opened(folder) as memory:
        memory.refresh(lambda: catalogs)
        assert texts(memory, "Take it with some food.") == ["Uống cùng thức ăn."]
        assert memory.holdings() == (Holding("vi", 1, 2, 2),)


def test_a_refreshing_that_was_killed_is_finished_by_the_next(tmp_path: Path) -> None:
    folder = tmp_path / "memory"
    with opened(folder) as memory:
        memory.refresh(lambda: [kept("dose", DOSE)])
    before = tmp_path / "before"
    shutil.copytree(folder / "index", before)
    more = {**DOSE, "Keep it in the fridge.": "Giữ trong tủ lạnh."}
    with opened(folder) as memory:
        memory.refresh(lambda: [kept("dose", more)])
    # Killed after the database was written, before the index was.
    shutil.rmtree(folder / "index")
    shutil.copytree(before, folder / "index")
    connection = sqlite3.connect(folder / "segments.sqlite3")
    with connection:
        connection.execute(
            "INSERT INTO unsettled SELECT number FROM texts WHERE msgid LIKE 'Keep%'"
        )
    connection.close()

    with opened(folder) as memory:
        memory.refresh(lambda: [kept("dose", more)])

        assert texts(memory, "Keep it in a fridge.") == ["Giữ trong tủ lạnh."]


def test_where_nothing_can_be_written_there_is_no_memory_and_no_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")

    with opened(tmp_path / "file" / "memory") as memory:
        assert not memory.refresh(lambda: [kept("dose", DOSE)])

        assert texts(memory, "Take it with food.") == []


def test_others_read_while_one_refreshes(tmp_path: Path) -> None:
    with opened(tmp_path / "memory") as writer, opened(tmp_path / "memory") as reader:
        writer.refresh(lambda: [kept("dose", DOSE)])
        assert texts(reader, "Take it with some food.") == ["Uống cùng thức ăn."]

        def catalogs() -> Iterator[Gist]:
            yield kept("dose", {"Take it with food.": "Ăn rồi uống."})
            assert texts(reader, "Take it with some food.") == ["Uống cùng thức ăn."]

        writer.refresh(catalogs)

        assert texts(reader, "Take it with some food.") == ["Ăn rồi uống."]
