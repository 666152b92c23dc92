"""The commands: what each does, examples, and its arguments. It imports nothing that they need."""

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
        "bring articles into the library: .txt .md .html .jsonl files, folders, patterns",
        (
            "postil add article.txt",
            "postil add texts/ --source-language it",
            "postil add --again article.txt",
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
        "write annotations, one record a sentence, or the corrected text",
        (
            "postil export > all.jsonl",
            "postil export sous-les --annotator ana --out ana.jsonl",
            "postil export sous-les --annotator ana --format corrected",
            "postil export --where 'severity >= major and not category = style'",
        ),
        arguments.of_export,
    ),
    "hints": (
        "print what the machine points at as probable errors",
        (
            "postil hints sous-les",
            "postil hints sous-les --only doubled --only glued",
            "postil hints sous-les --min-confidence 0.75 --json",
            "postil hints --stats",
        ),
        arguments.of_hints,
    ),
    "history": (
        "tell who did what when to an article",
        ("postil history sous-les", "postil history sous-les --annotator ana --json"),
        arguments.of_history,
    ),
    "review": (
        "settle what annotators differ on",
        ("postil review sous-les", "postil review sous-les --blind", "postil export --adjudicated"),
        arguments.of_review,
    ),
    "agreement": (
        "tell how far annotators agree, with intervals",
        (
            "postil agreement sous-les",
            "postil agreement --annotator ana --annotator bob --json",
            "postil agreement --redo",
        ),
        arguments.of_agreement,
    ),
    "publish": (
        "make the sentences as you repaired them everybody's",
        ("postil publish sous-les", "postil publish sous-les --annotator ana"),
        arguments.of_publish,
    ),
    "scheme": (
        "check a scheme file, or bring annotations over to it",
        (
            "postil scheme check mine.toml",
            "postil scheme migrate --scheme mine.toml --rename tag:fact=claim",
            "postil scheme migrate --scheme mine.toml --rename tag:fact=claim --apply",
        ),
        arguments.of_scheme,
    ),
    "verify": (
        "check every stored file",
        ("postil verify", "postil verify --repair"),
        arguments.of_verify,
    ),
    "keys": ("print the keys in force", ("postil keys", "postil keys --keymap vim"), arguments.of_keys),
    "config": (
        "print the settings in force, and where each comes from",
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
        "write an article with all that is said about it as one page of HTML",
        ("postil report sous-les", "postil report sous-les --annotator ana --out page.html"),
        arguments.of_report,
    ),
    "serve-setup": (
        "print what makes a host serve Postil over SSH or adds a person, or check one",
        (
            "postil serve-setup --annotations /srv/postil > setup.sh",
            "postil serve-setup --annotations /srv/postil --person ana --person ben | sh",
            "postil serve-setup --check --annotations /srv/postil",
        ),
        arguments.of_serve_setup,
    ),
    "completion": (
        "print the completion script of a shell",
        (
            'bash, in ~/.bashrc:  eval "$(postil completion bash)"',
            'zsh, in ~/.zshrc after compinit:  eval "$(postil completion zsh)"',
            "fish, once:  postil completion fish > ~/.config/fish/completions/postil.fish",
        ),
        arguments.of_completion,
    ),
}
"""Name to what it does, examples, and what adds its arguments."""
