"""What the reader begins once its first screen is painted: names and hints that are yet to be found, and counts.

And what it keeps meanwhile beside the annotations: the list of names, and which detectors are switched off.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from tui import hints
from tui.model.article import Article
from tui.prepare import PreparationError
from tui.store.alias_list import keep_name
from tui.store.detectors_off import switch_detector
from tui.store.protocol import StoreError
from tui.text.aliases import AliasFileError
from tui.workspace import Opened, Workspace

if TYPE_CHECKING:
    from tui.reader.screen import ReaderScreen


def begin(reader: ReaderScreen, workspace: Workspace, opened: Opened) -> None:
    """Find what the article still lacks, in the worker process."""
    article, asked = reader.session.article, reader.session.asked
    if not article.has_entities:
        reader.entities_wanted()
        reader.run_worker(recognise(reader, workspace, opened), exit_on_error=False)
    elif not reader.is_review and article.prepared_by.get("hints") != hints.VERSION:
        reader.run_worker(point(reader, workspace), exit_on_error=False)
    if asked.mode != "off":
        reader.run_worker(count_elsewhere(reader, workspace), exit_on_error=False)


async def recognise(reader: ReaderScreen, workspace: Workspace, opened: Opened) -> None:
    """Find the entities of the article, and then its hints, in the worker process, show them, and keep them."""
    article = reader.session.published
    try:
        found = await reader.app.preparation.recognise(
            article, opened.alias_files, progress=reader.entities_searched
        )
    except PreparationError as error:
        reader.entities_found(None)
        reader.say(f"no entities: {error}")
        return
    reader.entities_found(found)
    reader.hint(f"names highlighted by {article.prepared_by['entities'].split(' + ')[0]}")
    await _keep(reader, workspace, article)
    await point(reader, workspace)


async def point(reader: ReaderScreen, workspace: Workspace) -> None:
    """Find the hints of the article in the worker process, show them, and keep them."""
    article = reader.session.published
    try:
        found = await reader.app.preparation.find_hints(article)
    except PreparationError as error:
        reader.say(f"no hints: {error}")
        return
    reader.session.hints_found(found)
    reader.hints_changed()
    await _keep(reader, workspace, article)


async def count_elsewhere(reader: ReaderScreen, workspace: Workspace) -> None:
    """Find out how often the annotator accepted hints in other articles; it is shown with the next hint."""
    session = reader.session
    session.asked.elsewhere = await asyncio.to_thread(workspace.hint_tallies, besides=session.published.id)


async def keep_switch(reader: ReaderScreen, workspace: Workspace, detector: str, *, is_off: bool) -> None:
    """Keep that the annotator has switched a detector off, or on again, for later articles too."""
    if workspace.read_only:
        return
    try:
        await asyncio.to_thread(
            switch_detector, workspace.folder, workspace.annotator, detector, is_off=is_off
        )
    except StoreError as error:
        reader.say(f"for this sitting only: {error}")


async def _keep(reader: ReaderScreen, workspace: Workspace, article: Article) -> None:
    if not workspace.read_only:
        try:
            await asyncio.to_thread(workspace.keep, article)
        except StoreError as error:
            reader.say(f"the entities were found, but {error}")


async def remember(reader: ReaderScreen, workspace: Workspace, name: str, label: str) -> None:
    """Add a name to the list that later preparations believe, and say so."""
    if workspace.restricted:
        reader.say("this session is restricted: the list of names stays as it is")
        return
    try:
        is_new = await asyncio.to_thread(keep_name, workspace.folder, name, label, who=workspace.annotator)
    except (StoreError, AliasFileError) as error:
        reader.say(str(error))
        return
    reader.say(f"“{name}” is in the list of names {'now' if is_new else 'already'}")
