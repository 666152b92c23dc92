"""The table of commands: what each does, examples, and its arguments. It imports nothing that commands need."""

from __future__ import annotations

import argparse
from collections.abc import Callable

from tui.commands import arguments

COMMANDS: dict[str, tuple[str, tuple[str, ...], Callable[[argparse.ArgumentParser], None]]] = {
    "open": (
        "read and tag an article (without ARTICLE: the library)",
        ("postil open sous-les", "postil article.txt", "cat article.txt | postil -"),
        arguments.of_open,
    ),
    "show": (
        "print an article with its entities and tags",
        ("postil show sous-les", "postil show sous-les --json | jq .entities"),
        arguments.of_show,
    ),
    "add": (
        "add articles to the library: files, folders, patterns or standard input",
        (
            "postil add article.txt page.html",
            "postil add --dry-run texts/ '*.md'",
            "postil add texts/ --source-language it",
            "postil add --encoding cp850 --wrapped old.txt",
            "postil add news.jsonl --text-field content --title-field headline",
            "postil add --again --language fr article.txt",
            "curl https://example.org/article | postil add -",
        ),
        arguments.of_add,
    ),
    "list": (
        "list the articles of the library",
        (
            "postil list",
            "postil list --json",
            "postil list --where 'language = fr and decided < 100%'",
            "postil list --where 'tag = opinion and unsure'",
        ),
        arguments.of_list,
    ),
    "tag": (
        "tag a sentence from a script",
        (
            "postil tag sous-les 3 fact quote",
            "postil tag sous-les 4 none",
            "postil tag sous-les 3 quote --remove",
        ),
        arguments.of_tag,
    ),
    "export": (
        "write annotations, one record for each sentence, or the corrected text",
        (
            "postil export > all.jsonl",
            "postil export sous-les --annotator ana --out ana.jsonl",
            "postil export sous-les --annotator ana --format corrected",
            "postil export --where 'severity >= major and not category = style'",
        ),
        arguments.of_export,
    ),
    "hints": (
        "print probable errors in an article",
        (
            "postil hints sous-les",
            "postil hints sous-les --only doubled --only glued",
            "postil hints sous-les --min-confidence 0.75 --json",
            "postil hints --stats",
        ),
        arguments.of_hints,
    ),
    "history": (
        "print who changed an article, what and when",
        ("postil history sous-les", "postil history sous-les --annotator ana --json"),
        arguments.of_history,
    ),
    "review": (
        "resolve disagreements between annotators",
        ("postil review sous-les", "postil review sous-les --blind", "postil export --adjudicated"),
        arguments.of_review,
    ),
    "agreement": (
        "print how far annotators agree, with intervals",
        (
            "postil agreement sous-les",
            "postil agreement --annotator ana --annotator bob --json",
            "postil agreement --redo",
        ),
        arguments.of_agreement,
    ),
    "publish": (
        "publish your split and merged sentences for everybody",
        ("postil publish sous-les", "postil publish sous-les --annotator ana"),
        arguments.of_publish,
    ),
    "scheme": (
        "check a scheme file, or move annotations to another scheme",
        (
            "postil scheme check mine.toml",
            "postil scheme migrate --scheme mine.toml --rename tag:fact=claim",
            "postil scheme migrate --scheme mine.toml --rename tag:fact=claim --apply",
        ),
        arguments.of_scheme,
    ),
    "verify": (
        "check all stored files, and repair damaged ones",
        ("postil verify", "postil verify --repair"),
        arguments.of_verify,
    ),
    "keys": ("print the keys in force", ("postil keys", "postil keys --keymap vim"), arguments.of_keys),
    "config": (
        "print the settings in force, and where each of them comes from",
        ("postil config", "postil config --init", "$EDITOR $(postil config --path)"),
        arguments.of_config,
    ),
    "schema": (
        "print a JSON Schema (2020-12)",
        ("postil schema", "postil schema scheme"),
        arguments.of_schema,
    ),
    "doctor": ("check this terminal, machine and installation", ("postil doctor",), arguments.of_doctor),
    "report": (
        "write an article with its annotations as one HTML page",
        ("postil report sous-les", "postil report sous-les --annotator ana --out page.html"),
        arguments.of_report,
    ),
    "serve-setup": (
        "print a script that serves Postil over SSH or adds people, or check a host",
        (
            "postil serve-setup --annotations /srv/postil > setup.sh",
            "postil serve-setup --annotations /srv/postil --person ana --person ben | sh",
            "postil serve-setup --check --annotations /srv/postil",
        ),
        arguments.of_serve_setup,
    ),
    "completion": (
        "print the completion script for a shell",
        (
            'bash, in ~/.bashrc:  eval "$(postil completion bash)"',
            'zsh, in ~/.zshrc after compinit:  eval "$(postil completion zsh)"',
            "fish, once:  postil completion fish > ~/.config/fish/completions/postil.fish",
        ),
        arguments.of_completion,
    ),
}
"""What each command does, examples, and the function that adds its arguments, by its name."""


def closest_command(word: str) -> str | None:
    """The command that `word` may be a typing error for."""
    from difflib import get_close_matches

    return next(iter(get_close_matches(word, COMMANDS, n=1)), None)
