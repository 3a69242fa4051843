"""One sitting: from an unlocked store to its lock, with the shell, its pages, sync and what is told at the top."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QEventLoop, QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from carebook import logs
from carebook.actions.list_drafts import DraftFound, list_drafts
from carebook.actions.read_sync_status import SyncStatus, read_sync_status
from carebook.actions.read_workers import Council, read_workers
from carebook.app.clipboard import Copied
from carebook.app.cycle import cycle_of
from carebook.app.door import Opened
from carebook.app.idle import Idle
from carebook.app.pages import Pages
from carebook.app.safe import PassphraseDoor
from carebook.app.syncing import Syncing
from carebook.desk import Desk
from carebook.errors import Circumstance
from carebook.policy.roles import ROLE_WORDS
from carebook.settings import Settings
from carebook.ui.background import Lane, Lanes
from carebook.ui.kit.notices import NoticeBar
from carebook.ui.problems import sentence
from carebook.ui.room import Go, Room
from carebook.ui.settings.view import Around, SettingsView
from carebook.ui.start.drafts import DraftsNotice, draft_go
from carebook.ui.sync.presenter import foot, notice
from carebook.ui.sync.view import SyncView
from carebook.ui.window import Shell
from carebook.words import local, say

USUAL_MINUTES = 10
REFRESH_MS = 250
SAVING_MS = 5000


class Sitting(QObject):
    """The unlocked program. lock_wanted: lock it, and why ("asked", "idle", "asleep")."""

    lock_wanted = Signal(str)

    def __init__(self, opened: Opened, lanes: Lanes, settings: Settings, *, version: str = "") -> None:
        super().__init__()
        self.opened, self.lanes, self.settings, self._version = opened, lanes, settings, version
        self.desk = Desk(opened.store)
        self.shell = Shell()
        self.room = Room(
            desk=self.desk,
            quick=lanes.store.for_screen(self.shell),
            slow=lanes.slow.for_screen(self.shell),
            go=self.go,
            back=self.shell.back,
            say=self.shell.announce,
            sync_now=self.sync_now,
            refresh=self.refresh,
        )
        self.syncing = Syncing(lanes.slow, cycle_of(opened.store), self.desk.clock, self)
        self.idle = Idle(self.desk.clock, USUAL_MINUTES, self)
        self.pages = Pages(self.shell, lanes, self.room, {"sync": self._sync_page, "settings": self._settings_page})
        self._copied = Copied(self)
        self._sync_view: SyncView | None = None
        self._sync_bar: NoticeBar | None = None
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(REFRESH_MS)
        self._later.timeout.connect(self.read_status)
        self._connect()

    def _connect(self) -> None:
        self.shell.lock_wanted.connect(partial(self.lock_wanted.emit, "asked"))
        self.shell.new_contact_wanted.connect(self.new_contact)
        self.shell.search_wanted.connect(partial(self.go, Go("people")))
        self.shell.rail.sync_wanted.connect(partial(self.go, Go("sync")))
        self.idle.gone.connect(self.lock_wanted)
        self.syncing.changed.connect(self._synced)
        self.shell.page_shown.connect(self._page_shown)

    def _page_shown(self, key: str) -> None:
        if key == "sync":  # it says the same itself
            self.shell.hide_notice("sync")
            self._sync_bar = None
        self._later.start()

    def begin(self) -> None:
        """Show Today, announce what was left unfinished, and begin to sync."""
        self.pages.begin()
        self.shell.set_worker(self.desk.identity.name, say(ROLE_WORDS.get(self.desk.identity.role, "")))
        self.go(Go("today"))
        self.idle.begin()
        self.room.quick.run(lambda: self.desk.do(read_workers), self._council_read, self._failed)
        session = self.desk.store.session_id
        self.room.quick.run(lambda: self.desk.do(list_drafts, session), self._drafts_found, self._failed)
        self.read_status()
        self.syncing.begin()

    def end(self) -> None:
        """Save every page's draft, close the pages and lock the store."""
        self.idle.end()
        self.syncing.end()
        self._later.stop()
        self.shell.hide()
        try:
            self._save_pages()
            _drain(self.lanes.store)
        finally:
            self.shell.forget_pages()
            self._copied.clear()
            self._close_store()

    def _close_store(self) -> None:
        """The key goes whatever happens; a log that a sync still reads is written out at the next unlock."""
        try:
            self.opened.close()
        except Circumstance as problem:
            logs.warn(logging.getLogger("carebook.app"), "not-checkpointed", error=type(problem).__name__)

    def _save_pages(self) -> None:
        for page in self.shell.findChildren(QWidget):
            save: Callable[[], object] | None = getattr(page, "save_before_lock", None)
            if save is None:
                continue
            try:
                save()
            except Circumstance as problem:
                logs.warn(logging.getLogger("carebook.app"), "draft-not-saved", error=type(problem).__name__)

    # ------------------------------------------------------------ where to

    def go(self, where: Go) -> None:
        """Show another screen."""
        self.pages.go(where)

    def new_contact(self) -> None:
        """A new contact with the person who is open; else ask with whom, on People."""
        person_id = str(getattr(self.shell.page, "person_id", ""))
        if person_id:
            self.go(Go("contact", person_id))
            return
        self.go(Go("people"))
        bar = NoticeBar(
            "info",
            say("Whom is the contact with?"),
            say("Find the person and open them. Then choose New contact."),
            may_dismiss=True,
        )
        self.shell.show_notice("whom", bar)
        self.shell.page_shown.connect(self._whom_answered)

    def _whom_answered(self, key: str) -> None:
        if key != "people":
            self.shell.page_shown.disconnect(self._whom_answered)
            self.shell.hide_notice("whom")

    def _sync_page(self, room: Room) -> QWidget:
        self._sync_view = SyncView(room, lambda: self.syncing.state)
        return self._sync_view

    def _settings_page(self, room: Room) -> QWidget:
        store = self.opened.store
        around = Around(
            settings=self.settings,
            version=self._version,
            minutes=self.idle.minutes,
            passphrase=PassphraseDoor(self.settings, store.place),
        )
        return SettingsView(room, around)

    # ------------------------------------------------------------ what is told

    def sync_now(self) -> None:
        """Sync in the background."""
        self.syncing.now()

    def refresh(self) -> None:
        """Something was written: tell how many changes wait, and send them soon."""
        self._later.start()
        self.syncing.soon()

    def read_status(self) -> None:
        """Read the state of sync again and tell it at the foot of the rail and, where needed, at the top of every page."""
        self.room.quick.run(lambda: self.desk.do(read_sync_status), self._status_read, self._failed)

    def _synced(self) -> None:
        self.read_status()
        if self._sync_view is not None and self.shell.page is self._sync_view:
            self._sync_view.presenter.read()

    def _status_read(self, status: SyncStatus) -> None:
        state, now = self.syncing.state, self.desk.clock.now()
        told = foot(state, status, now)
        self.shell.set_sync(told.words, told.icon, told.tone)
        above = notice(state, status)
        if above is None or self.shell.page is self._sync_view:
            self.shell.hide_notice("sync")
            self._sync_bar = None
        else:
            self._show_sync_notice(above.tone, above.words, above.more, above.icon)

    def _show_sync_notice(self, tone: str, title: str, words: str, icon: str) -> None:
        if self._sync_bar is not None:
            self._sync_bar.show_words(tone, title, words, icon=icon)
            return
        self._sync_bar = self.shell.show_notice("sync", NoticeBar(tone, title, words, button=say("Try now"), icon=icon))
        self._sync_bar.pressed.connect(self.sync_now)

    def _council_read(self, council: Council) -> None:
        minutes = council.settings.get("lock_after_minutes", "")
        self.idle.set_minutes(int(minutes) if minutes.isdigit() else USUAL_MINUTES)
        me = council.colleagues.get(self.desk.identity.worker)
        if me is not None:
            self.shell.set_worker(me.name, me.team or me.job)

    def _drafts_found(self, drafts: tuple[DraftFound, ...]) -> None:
        left = tuple(one for one in drafts if one.is_recovered)
        if not left:
            return
        bar = DraftsNotice(left, local(self.desk.clock.now()).date())
        bar.pressed.connect(partial(self._go_on_with, left[0]))
        bar.list_wanted.connect(self._list_drafts)
        self.shell.show_notice("drafts", bar)

    def _list_drafts(self) -> None:
        self.shell.hide_notice("drafts")
        self.go(Go("today", tab="drafts"))

    def _go_on_with(self, draft: DraftFound) -> None:
        self.shell.hide_notice("drafts")
        self.go(draft_go(draft))

    def _failed(self, problem: Circumstance) -> None:
        told = sentence(problem)
        self.shell.show_notice("problem", NoticeBar("danger", told.title, told.words(), may_dismiss=True))


def _drain(lane: Lane) -> None:
    """Wait until the lane has done what it was given, five seconds at most, with the screen's thread free for its answers."""
    loop = QEventLoop()
    QTimer.singleShot(SAVING_MS, loop.quit)
    done: Callable[[Any], None] = lambda _: loop.quit()  # noqa: E731
    lane.run(lambda: None, done, done)
    loop.exec(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
