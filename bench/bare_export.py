"""A minimal JSONL export of a library: dictionaries, orjson and a loop. `python -m bench.bare_export FOLDER`.

It has no checks, corrections or repairs and handles only one annotator. On the libraries of `bench.export` it
writes exactly the same bytes as `postil export`. `--again FILE` reads an export and writes it again.
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
    """Write the export to standard output."""
    out = sys.stdout.buffer
    [person] = (folder / "people").iterdir()
    for path in sorted((folder / "articles").glob("[!.]*.json")):
        article: dict[str, Any] = orjson.loads(path.read_bytes())
        stored: dict[str, Any] = orjson.loads((person / path.name).read_bytes())
        scheme = stored["_meta"]["1"]["scheme"]
        text: str = article["text"]
        entities = [entity for block in article["entity_blocks"] for entity in block]
        at = 0
        for number, annotation in enumerate(stored["annotations"].values(), 1):
            entity_fields: list[dict[str, object]] = []
            while at < len(entities) and entities[at]["start"] < annotation["end"]:
                entity = entities[at]
                entity_fields.append(
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
                "segmentation": annotation["segmentation"],
                "sentence": number,
                "start": annotation["start"],
                "end": annotation["end"],
                "text": annotation["text"],
                "tags": annotation["tags"],
                "decided": annotation["decided"],
                "unsure": annotation["unsure"],
                "spans": annotation["spans"],
                "quotes": annotation["quotes"],
                "entities": entity_fields,
                "note": annotation["note"],
                "annotator": person.name,
                "status": annotation["status"],
                "reviewer": annotation["reviewer"],
                "review_note": annotation["review_note"],
                "created_at": annotation["created_at"],
                "updated_at": annotation["updated_at"],
                "active_ms": annotation["active_ms"],
            }
            out.write(orjson.dumps(record))
            out.write(b"\n")


if __name__ == "__main__":
    if sys.argv[1] == "--again":
        again(Path(sys.argv[2]))
    else:
        main(Path(sys.argv[1]))
