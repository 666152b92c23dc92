"""The least that exports a library as JSONL: dictionaries, orjson and a loop. `python -m bench.bare_export FOLDER`.

It checks, corrects and repairs nothing, and knows one annotator. On the libraries of `bench.export` it writes the
very bytes that `postil export` does. `--again FILE` reads what was exported, and writes it again.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import orjson


def again(exported: Path) -> None:
    """Read the lines of a file and write them to standard output."""
    out = sys.stdout.buffer
    with exported.open("rb") as lines:
        for line in lines:
            out.write(orjson.dumps(orjson.loads(line)))
            out.write(b"\n")


def main(folder: Path) -> None:
    """Write everything to standard output."""
    out = sys.stdout.buffer
    [person] = (folder / "people").iterdir()
    for path in sorted((folder / "articles").glob("[!.]*.json")):
        article: dict[str, Any] = orjson.loads(path.read_bytes())
        stored: dict[str, Any] = orjson.loads((person / path.name).read_bytes())
        scheme = stored["_meta"]["1"]["scheme"]
        text: str = article["text"]
        entities = [entity for block in article["entity_blocks"] for entity in block]
        at = 0
        for number, said in enumerate(stored["annotations"].values(), 1):
            named: list[dict[str, object]] = []
            while at < len(entities) and entities[at]["start"] < said["end"]:
                entity = entities[at]
                named.append(
                    {
                        "start": entity["start"],
                        "end": entity["end"],
                        "text": text[entity["start"] : entity["end"]],
                        "label": entity["label"],
                        "origin": entity["origin"],
                        "status": "unreviewed",
                    }
                )
                at += 1
            record = {
                "schema": "postil.annotation/1",
                "article": article["id"],
                "title": article["title"],
                "source": article["source"],
                "language": article["language"],
                "source_language": article["source_language"],
                "text_sha256": article["text_sha256"],
                "scheme": scheme,
                "segmentation": said["segmentation"],
                "sentence": number,
                "start": said["start"],
                "end": said["end"],
                "text": said["text"],
                "tags": said["tags"],
                "decided": said["decided"],
                "unsure": said["unsure"],
                "spans": said["spans"],
                "quotes": said["quotes"],
                "entities": named,
                "note": said["note"],
                "annotator": person.name,
                "status": said["status"],
                "reviewer": said["reviewer"],
                "review_note": said["review_note"],
                "created_at": said["created_at"],
                "updated_at": said["updated_at"],
                "active_ms": said["active_ms"],
            }
            out.write(orjson.dumps(record))
            out.write(b"\n")


if __name__ == "__main__":
    if sys.argv[1] == "--again":
        again(Path(sys.argv[2]))
    else:
        main(Path(sys.argv[1]))
