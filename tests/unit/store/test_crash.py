"""A killed program loses nothing that it had acknowledged, and what it leaves can be read."""

from __future__ import annotations

import random
import subprocess
import sys
from pathlib import Path

from tui.model.article import Article
from tui.store.folder import FolderStore

KILLS = 15

WORKING = """
import sys
from pathlib import Path
from tui.model.annotation import Annotation, Change, Step
from tui.store.folder import FolderStore
from tui.store.library import Library

folder, article_id = Path(sys.argv[1]), sys.argv[2]
article = Library(folder).load(article_id)
writer = FolderStore(folder, scheme="news/1").open(article_id, "ana")
revision = writer.put()
while True:
    index = revision % len(article)
    said = Annotation(
        segmentation=1, start=article.starts[index], end=article.ends[index],
        text=article.sentence_text(index), decided=True, note=str(revision + 1),
        created_at="", updated_at="",
    )
    change = Change(before=None, after=said)
    revision = writer.put(Step(action="note", label="", at="", changes=(change,), cursor=0))
    print(revision, flush=True)
"""


def test_every_acknowledged_step_survives_sigkill(folder: Path, store: FolderStore, article: Article) -> None:
    choice = random.Random(20261122)
    for _ in range(KILLS):
        with subprocess.Popen(
            [sys.executable, "-c", WORKING, str(folder), article.id],
            cwd=Path(__file__).parents[3],
            stdout=subprocess.PIPE,
        ) as working:
            assert working.stdout is not None
            line = b""
            for _ in range(choice.randrange(1, 60)):
                line = working.stdout.readline()
                assert line.endswith(b"\n"), "the program ended by itself"
            working.kill()
            rest = working.stdout.read()
        acknowledged = int([line, *(rest.splitlines(keepends=True))][-1])
        database = store.read(article.id, "ana")
        assert database is not None
        revision = database.state.revision
        # One more may have reached the disk without its acknowledgement reaching us.
        assert revision - acknowledged in (0, 1)
        notes = {start: said.note for start, said in database.annotations.items()}
        latest = range(max(1, revision - len(article) + 1), revision + 1)
        assert notes == {article.starts[(number - 1) % len(article)]: str(number) for number in latest}
