"""What is written can be read back, on both databases."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from sqlalchemy import delete, update

from triage.errors import Conflict, NotFound, SettingsError, StoreError
from triage.store import assessments, corrections, idempotency, keys, retention, tables
from triage.store.digests import Digester, token_digest
from triage.store.ids import is_id, lowest_id, new_id
from triage.store.store import Store, open_store
from triage.store.values import (
    AssessmentFilter,
    AssessmentRecord,
    Purged,
    RequestKey,
    ReviewRecord,
    Role,
    State,
)
from triage.types import Urgency

from .samples import FIRE, NOW, assessment, correction, count, do

NUL = "a\0b"


def test_an_assessment_comes_back_as_it_was(store: Store) -> None:
    """Every field, to the microsecond, the moments as the same moments."""
    record = assessment(
        labels=FIRE,
        received_at=datetime(2026, 11, 21, 9, 30, 0, 123456, timezone(timedelta(hours=8))),
        text="二樓冒煙😱",
    )
    do(store, assessments.keep_one, record)

    with store.reading() as connection:
        assert assessments.find(connection, record.id) == record


def test_an_unknown_id_finds_nothing(store: Store) -> None:
    """Neither an assessment nor a correction."""
    with store.reading() as connection:
        assert assessments.find(connection, new_id(NOW)) is None
        assert corrections.find(connection, new_id(NOW)) is None


def test_nul_is_replaced_by_a_character_of_its_length(store: Store) -> None:
    """PostgreSQL refuses NUL; the positions of the evidence hold all the same."""
    record = assessment(text=NUL, external_id=NUL, channel=NUL, store=NUL)
    do(store, assessments.keep_one, record)

    with store.reading() as connection:
        found = assessments.find(connection, record.id)
    assert found is not None
    assert {found.text, found.external_id, found.channel, found.store} == {"a\ufffdb"}


def test_a_moment_without_a_zone_is_refused(store: Store) -> None:
    """Which moment it was could not be told later."""
    record = assessment(received_at=datetime(2026, 11, 21))  # noqa: DTZ001

    with pytest.raises(StoreError):
        do(store, assessments.keep_one, record)


def pages(store: Store, wanted: AssessmentFilter, limit: int) -> list[list[AssessmentRecord]]:
    """All pages, in the order in which a caller turns them."""
    found, cursor = [], None
    with store.reading() as connection:
        while True:
            page = assessments.page(connection, wanted, limit, cursor)
            found.append(list(page.items))
            cursor = page.next_cursor
            if cursor is None:
                return found


def test_pages_are_newest_first_and_complete(store: Store) -> None:
    """Turning pages shows every assessment once, also when new ones arrive meanwhile."""
    records = [assessment(judged_at=NOW + timedelta(minutes=minute)) for minute in range(7)]
    do(store, assessments.keep, records)
    newest_first = records[::-1]

    assert pages(store, AssessmentFilter(), 3) == [newest_first[:3], newest_first[3:6], newest_first[6:]]
    assert pages(store, AssessmentFilter(), 7) == [newest_first]
    with store.reading() as connection:
        first = assessments.page(connection, AssessmentFilter(), 3, None)
    late = assessment(judged_at=NOW + timedelta(hours=1))
    do(store, assessments.keep_one, late)
    with store.reading() as connection:
        assert (
            list(assessments.page(connection, AssessmentFilter(), 3, first.next_cursor).items)
            == newest_first[3:6]
        )


@pytest.mark.parametrize(
    ("wanted", "numbers"),
    [
        (AssessmentFilter(), [0, 1, 2]),
        (AssessmentFilter(topic="safety.fire"), [1]),
        (AssessmentFilter(urgency=Urgency.GENERAL), [0, 2]),
        (AssessmentFilter(needs_review=False), [2]),
        (AssessmentFilter(channel="online"), [2]),
        (AssessmentFilter(store="TW-02"), [1]),
        (AssessmentFilter(external_id="A-9"), [0]),
        (AssessmentFilter(since=NOW + timedelta(hours=1)), [1, 2]),
        (AssessmentFilter(until=NOW + timedelta(hours=1)), [0]),
        (AssessmentFilter(since=NOW, until=NOW), []),
        (AssessmentFilter(corrected=True), [1]),
        (AssessmentFilter(corrected=False), [0, 2]),
        (AssessmentFilter(urgency=Urgency.GENERAL, needs_review=True), [0]),
    ],
    ids=str,
)
def test_filters_narrow_the_list(store: Store, wanted: AssessmentFilter, numbers: list[int]) -> None:
    """All conditions must hold; times bound the receipt, the first included, the last excluded."""
    records = [
        assessment(external_id="A-9"),
        assessment(judged_at=NOW + timedelta(hours=1), labels=FIRE, store="TW-02"),
        assessment(judged_at=NOW + timedelta(hours=2), needs_review=False, channel="online"),
    ]
    do(store, assessments.keep, records)
    of_the_second = correction(assessment_id=records[1].id)
    do(store, corrections.add, of_the_second)

    (found,) = pages(store, wanted, 10)

    assert sorted(records.index(record) for record in found) == numbers


def test_a_correction_comes_back_as_it_was(store: Store) -> None:
    """With and without what stood there before."""
    records = [correction(), correction(before=None, reason=None, assessment_id=new_id(NOW), channel="phone")]
    for record in records:
        do(store, corrections.add, record)

    with store.reading() as connection:
        assert list(corrections.everything(connection)) == sorted(records, key=lambda record: record.id)
        assert corrections.of_text(connection, "e" * 64) == tuple(
            sorted(records, key=lambda record: record.id)
        )
        assert corrections.of_assessment(connection, records[1].assessment_id or "") == (records[1],)


def test_corrections_cannot_be_changed(store: Store) -> None:
    """The database itself refuses; what was said stays said."""
    record = correction()
    do(store, corrections.add, record)

    with pytest.raises(StoreError):
        store.writer.run(
            lambda connection: connection.execute(
                update(tables.corrections).values(after_topic="other.unclear")
            )
        ).result()

    with store.reading() as connection:
        assert corrections.find(connection, record.id) == record


def test_the_state_of_a_correction_follows_from_its_review(store: Store) -> None:
    """Held until somebody confirms or rejects it; each state can be listed."""
    held = [correction(hold_reasons=("理由",), state=State.HELD) for _ in range(3)]
    accepted = correction()
    for record in (*held, accepted):
        do(store, corrections.add, record)
    for record, confirmed in ((held[0], True), (held[1], False)):
        review = ReviewRecord(record.id, NOW, "李主管", confirmed, None)
        do(store, corrections.add_review, review)

    by_state = dict(zip(State, (accepted, held[2], held[0], held[1]), strict=True))
    with store.reading() as connection:
        for state, record in by_state.items():
            page = corrections.page(connection, state, 10, None)
            assert page.items == (replace(record, state=state),)


def test_a_correction_is_reviewed_once(store: Store) -> None:
    """The second reviewer is told."""
    record = correction(hold_reasons=("理由",), state=State.HELD)
    review = ReviewRecord(record.id, NOW, "李主管", True, None)
    do(store, corrections.add, record)
    do(store, corrections.add_review, review)

    with pytest.raises(Conflict, match="correction_id"):
        do(store, corrections.add_review, review)


def test_corrections_are_listed_in_pages(store: Store) -> None:
    """Newest first, like assessments."""
    records = [correction(made_at=NOW + timedelta(minutes=minute)) for minute in range(3)]
    for record in records:
        do(store, corrections.add, record)

    with store.reading() as connection:
        first = corrections.page(connection, None, 2, None)
        second = corrections.page(connection, None, 2, first.next_cursor)
    assert [*first.items, *second.items] == records[::-1]
    assert second.next_cursor is None


def test_a_key_is_kept_as_its_digest(store: Store) -> None:
    """Nobody who reads the database can call the service."""
    record, token = do(store, keys.create, "收银台", Role.INTAKE, NOW)

    with store.reading() as connection:
        assert keys.in_force(connection) == {token_digest(token): record}
        stored = connection.execute(tables.keys.select()).one()
    assert token not in str(stored)
    assert len(token) >= 40


def test_a_revoked_key_is_no_longer_in_force(store: Store) -> None:
    """It stays in the list, with its end; ending it again changes nothing."""
    record, _ = do(store, keys.create, "旧", Role.ADMIN, NOW)
    for later in (NOW, NOW + timedelta(days=1)):
        do(store, keys.revoke, record.id, later)

    with store.reading() as connection:
        assert keys.in_force(connection) == {}
        assert keys.everything(connection) == (replace(record, revoked_at=NOW),)


def test_an_unknown_key_cannot_be_revoked(store: Store) -> None:
    """A misspelt id does not pass for done."""
    with pytest.raises(NotFound):
        do(store, keys.revoke, "nothing", NOW)


def test_a_repeated_request_finds_what_the_first_one_made(store: Store) -> None:
    """The same key and body lead to the first target; another body is a conflict; other callers are apart."""
    request = RequestKey("caller", "k-1", "a" * 64)

    def claim(request: RequestKey, target: str) -> str:
        return do(store, idempotency.claim, request, target, NOW)

    assert claim(request, "first") == "first"
    assert claim(request, "second") == "first"
    assert claim(replace(request, scope="other"), "third") == "third"
    with pytest.raises(Conflict, match="idempotency-key"):
        claim(replace(request, digest="b" * 64), "fourth")


def test_processes_that_claim_together_agree(store: Store, url: str | None, tmp_path: Path) -> None:
    """Two servers over one database make one thing of one request."""
    other = open_store(tmp_path / "state", url)
    request = RequestKey("caller", "k-1", "a" * 64)

    def claim(number: int) -> str:
        writer = (store, other)[number % 2].writer
        return writer.run(
            lambda connection: idempotency.claim(connection, request, str(number), NOW)
        ).result()

    with ThreadPoolExecutor(8) as pool:
        winners = set(pool.map(claim, range(40)))
    other.close()

    assert len(winners) == 1


def test_what_is_old_is_deleted(store: Store) -> None:
    """Judgements and corrections have ages of their own; the key of a deleted one may be used again."""
    old, new = assessment(judged_at=NOW - timedelta(days=2)), assessment()
    teaching = correction(made_at=NOW - timedelta(days=3), assessment_id=old.id)
    request = RequestKey("caller", "k-1", "a" * 64)
    do(store, assessments.keep, [old, new])
    do(store, corrections.add, teaching)
    do(store, idempotency.claim, request, old.id, NOW)
    a_day, a_week = NOW - timedelta(days=1), NOW - timedelta(days=7)

    gone = do(store, retention.older_than, a_day, a_week)

    assert gone == Purged(assessments=1, corrections=0)
    assert pages(store, AssessmentFilter(), 10) == [[new]]
    assert count(store, tables.idempotency) == 0
    gone = do(store, retention.older_than, a_day, a_day)
    assert gone == Purged(assessments=0, corrections=1)


def test_a_customer_is_deleted_whole(store: Store) -> None:
    """Judgements of their texts, corrections of those, corrections of tickets from elsewhere, and their reviews."""
    mine, theirs = store.digester.customer("会员1"), store.digester.customer("会员2")
    judged = [assessment(customer_digest=mine), assessment(customer_digest=theirs)]
    corrected = [
        correction(assessment_id=judged[0].id, hold_reasons=("理由",)),
        correction(customer_digest=mine),
        correction(assessment_id=judged[1].id, customer_digest=theirs),
    ]
    do(store, assessments.keep, judged)
    for record in corrected:
        do(store, corrections.add, record)
    review = ReviewRecord(corrected[0].id, NOW, "李主管", True, None)
    do(store, corrections.add_review, review)

    gone = do(store, retention.of_customer, mine)

    assert gone == Purged(assessments=1, corrections=2)
    with store.reading() as connection:
        assert list(corrections.everything(connection)) == [corrected[2]]
    assert pages(store, AssessmentFilter(), 10) == [[judged[1]]]
    assert count(store, tables.correction_reviews) == 0


def test_the_store_is_as_it_was_after_a_restart(store: Store, url: str | None, tmp_path: Path) -> None:
    """Opened again, it holds what it held, and knows its customers again."""
    record = assessment(customer_digest=store.digester.customer("会员1"))
    store.writer.keep(record)
    store.close()

    again = open_store(tmp_path / "state", url)

    assert pages(again, AssessmentFilter(), 10) == [[record]]
    assert again.digester.customer("会员1") == record.customer_digest
    again.close()


def test_another_secret_stops_the_start(store: Store, url: str | None, tmp_path: Path) -> None:
    """With it no customer would be found again, and deletions would miss rows in silence."""
    with pytest.raises(StoreError, match="TRIAGE_DIGEST_KEY"):
        open_store(tmp_path / "state", url, secret="another secret")


def test_the_embedded_store_is_for_its_owner_only(tmp_path: Path) -> None:
    """Database and secret have mode 0600."""
    open_store(tmp_path / "state").close()

    modes = {path.name: path.stat().st_mode & 0o777 for path in (tmp_path / "state").iterdir()}
    assert modes["triage.db"] == modes["digest_key"] == 0o600


def test_the_embedded_database_is_durable(tmp_path: Path) -> None:
    """A write-ahead log, and a commit that waits for the disk."""
    store = open_store(tmp_path)
    with store.reading() as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == 2
    store.close()


@pytest.mark.parametrize(
    "address", ["nonsense", "mysql://root:secret@host/db", "oracle://root:secret@h/d", "x://secret"]
)
def test_an_address_that_cannot_be_used_is_named(tmp_path: Path, address: str) -> None:
    """By its variable; the address itself may hold a password."""
    with pytest.raises(SettingsError, match="TRIAGE_DATABASE") as caught:
        open_store(tmp_path, address)

    assert "secret" not in str(caught.value)


def test_a_database_that_is_not_there_stops_the_start(tmp_path: Path) -> None:
    """The message says so, without a traceback and without the address."""
    with pytest.raises(StoreError, match="数据库出错"):
        open_store(tmp_path, "postgresql://user:secret@127.0.0.1:1/none")


def test_a_folder_that_cannot_be_used_stops_the_start(tmp_path: Path) -> None:
    """A file where the folder should be."""
    (tmp_path / "file").write_text("")

    with pytest.raises(StoreError, match="file"):
        open_store(tmp_path / "file")


def test_digests_need_the_secret() -> None:
    """The same words give the same digest with the same secret only, and purposes do not mix."""
    one, other = Digester(b"one"), Digester(b"other")

    assert one.text("13800138000") == Digester(b"one").text("13800138000")
    assert one.text("13800138000") != other.text("13800138000")
    assert one.text("13800138000") != one.customer("13800138000")
    assert one.body(b"13800138000") != one.text("13800138000")


def test_ids_sort_by_their_moment() -> None:
    """As text, so that a list in the order of its ids is in the order of time."""
    ids = [new_id(datetime(year, 1, 1, tzinfo=UTC)) for year in (1971, 2026, 2027, 2500)]

    assert ids == sorted(ids)
    assert all(map(is_id, ids))
    assert not any(map(is_id, ("", "x", ids[0].upper() + "A", "../../etc/passwd")))
    assert len({new_id(NOW) for _ in range(1000)}) == 1000
    assert new_id(NOW - timedelta(milliseconds=1)) < lowest_id(NOW) < new_id(NOW)


def test_rows_of_reviews_go_with_their_correction(store: Store) -> None:
    """No review of nothing stays behind."""
    record = correction(hold_reasons=("理由",), state=State.HELD)
    review = ReviewRecord(record.id, NOW, "李主管", True, None)
    do(store, corrections.add, record)
    do(store, corrections.add_review, review)

    store.writer.run(lambda connection: connection.execute(delete(tables.corrections))).result()

    assert count(store, tables.correction_reviews) == 0
