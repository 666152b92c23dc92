"""What the reader does in the background after the first paint: it finds names and hints, and counts.

It also stores what is not an annotation: the list of names, and which detectors are switched off.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from tui import hints
from tui.model.article import Article
from tui.painting.recogniser import recogniser_name
from tui.prepare import PreparationError
from tui.store.alias_list import keep_name
from tui.store.detectors_off import switch_detector
from tui.store.protocol import StoreError
from tui.text.aliases import AliasFileError
from tui.workspace import Opened, Workspace

if TYPE_CHECKING:
    from tui.reader.desk import BackgroundDesk


def start_background_work(desk: BackgroundDesk, workspace: Workspace, opened: Opened) -> None:
    """Find what the article still lacks, in the worker process."""
    article, asked = desk.session.article, desk.session.asked
    if not article.has_entities:
        desk.entities_searched(0)
        desk.begin(recognise(desk, workspace, opened))
    elif not desk.is_review and article.prepared_by.get("hints") != hints.VERSION:
        desk.begin(find_hints(desk, workspace))
    if asked.mode != "off":
        desk.begin(count_elsewhere(desk, workspace))


async def recognise(desk: BackgroundDesk, workspace: Workspace, opened: Opened) -> None:
    """Find the entities of the article, and then its hints, in the worker process, show them, and keep them."""
    article = desk.session.published
    try:
        searched = await desk.app.preparation.recognise(
            article, opened.alias_files, progress=desk.entities_searched
        )
    except PreparationError as error:
        desk.entities_found(None)
        desk.say(f"no entities: {error}")
        return
    desk.entities_found(searched)
    desk.hint(f"names: {recogniser_name(article.prepared_by['entities'])}")
    await _keep(desk, workspace, article)
    await find_hints(desk, workspace)


async def find_hints(desk: BackgroundDesk, workspace: Workspace) -> None:
    """Find the hints of the article in the worker process, show them, and keep them."""
    article = desk.session.published
    try:
        searched = await desk.app.preparation.find_hints(article)
    except PreparationError as error:
        desk.say(f"no hints: {error}")
        return
    desk.session.hints_found(searched)
    desk.hints_changed()
    await _keep(desk, workspace, article)


async def count_elsewhere(desk: BackgroundDesk, workspace: Workspace) -> None:
    """Find out how often the annotator accepted hints in other articles; it is shown with the next hint."""
    session = desk.session
    session.asked.elsewhere = await asyncio.to_thread(workspace.hint_tallies, besides=session.published.id)


async def keep_switch(desk: BackgroundDesk, workspace: Workspace, detector: str, *, is_off: bool) -> None:
    """Keep that the annotator has switched a detector off, or on again, for later articles too."""
    if workspace.read_only:
        return
    try:
        await asyncio.to_thread(
            switch_detector, workspace.folder, workspace.annotator, detector, is_off=is_off
        )
    except StoreError as error:
        desk.say(f"for this sitting only: {error}")


async def _keep(desk: BackgroundDesk, workspace: Workspace, article: Article) -> None:
    if not workspace.read_only:
        try:
            await asyncio.to_thread(workspace.keep, article)
        except StoreError as error:
            desk.say(f"the entities were found, but {error}")


async def remember(desk: BackgroundDesk, workspace: Workspace, name: str, label: str) -> None:
    """Add a name to the list that later preparations use, and say so."""
    if workspace.restricted:
        desk.say("this session is restricted: the list of names stays as it is")
        return
    try:
        is_new = await asyncio.to_thread(keep_name, workspace.folder, name, label, who=workspace.annotator)
    except (StoreError, AliasFileError) as error:
        desk.say(str(error))
        return
    desk.say(f"“{name}” is in the list of names {'now' if is_new else 'already'}")
