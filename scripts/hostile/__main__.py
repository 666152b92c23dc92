"""Write the corpus: python -m scripts.hostile"""

from __future__ import annotations

from pathlib import Path

from scripts.hostile.corpus import as_json, corpus

CORPUS = Path(__file__).parents[2] / "tests" / "hostile"


def main() -> None:
    CORPUS.mkdir(exist_ok=True)
    for old in CORPUS.glob("*.json"):
        old.unlink()
    families = corpus()
    for family, cases in families.items():
        (CORPUS / f"{family}.json").write_text(as_json(cases), encoding="ascii")
    print(f"{sum(map(len, families.values()))} cases in {CORPUS}")


if __name__ == "__main__":
    main()
