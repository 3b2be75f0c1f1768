from polypage.catalogs.similarity import Candidate, Wanted, pair


def test_more_words_than_there_are_characters_for_them_can_be_compared() -> None:
    many = " ".join(f"w{n}" for n in range(140_000))
    wanted = [Wanted("Roll twice daily, gently.", 0, 2), Wanted(many, 2, 4)]

    paired = pair(wanted, [Candidate("Roll twice a day.", 1)])

    assert paired == {0: 0}


def test_where_there_is_nothing_to_compare_nothing_is_found() -> None:
    assert pair([Wanted("Roll.", 0, 1)], []) == {}
