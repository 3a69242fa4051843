"""Two laptops and a server: what is written on one is on the other, and a person who leaves is gone."""

from __future__ import annotations

import ends


def test_what_is_written_offline_reaches_the_server_and_a_colleagues_laptop(council: ends.Council) -> None:
    mine, theirs = council.laptop(), council.laptop()
    person = mine.add_person()
    report = mine.sync()
    assert (report.sent, report.waiting, report.refused) == (2, 0, ())
    assert mine.ledger_ids(person) <= council.ledger_ids(person)
    council.allocate(theirs.worker, person)
    report = theirs.sync()
    assert report.people_added == (person,)
    assert report.differing == 0
    assert theirs.ledger_ids(person) == council.ledger_ids(person)
