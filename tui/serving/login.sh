#!/bin/sh
# What sshd runs for everyone in the group @GROUP@, whatever they ask for (ForceCommand).
# Nothing of theirs gets through but a few words and names that are checked letter by letter.
set -fu
umask 027
ulimit -c 0
LC_ALL=C
export LC_ALL
unset IFS CDPATH ENV

refuse() {
    echo "postil: $1" >&2
    exit 2
}

# A name in lower-case letters, digits and hyphens, or nothing.
name() {
    case "$1" in
        "" | *[!a-z0-9-]* | -*) ;;
        *) [ "${#1}" -le 32 ] && printf %s "$1" ;;
    esac
}

asked=${SSH_ORIGINAL_COMMAND:-}
[ "${#asked}" -le 200 ] || refuse "that is too long: ssh -t HOST opens the library"
case "$asked" in
    *[!a-z0-9\ ._-]*) refuse "that is not allowed here: ssh -t HOST opens the library" ;;
esac
# Split at spaces, on purpose: by now there is nothing else in it.
# shellcheck disable=SC2086
set -- $asked
verb=${1:-open}
[ "$#" -eq 0 ] || shift
case "$verb" in
    open | show | list | export) ;;
    review | agreement)
        case " $(/usr/bin/id -Gn) " in
            *" @REVIEWERS@ "*) ;;
            *) refuse "$verb is for the group @REVIEWERS@: ask the administrator" ;;
        esac
        ;;
    *) refuse "$verb is not allowed here: open, show, list, export, review or agreement" ;;
esac
before=
for word; do
    case "$verb $before $word" in
        # Somebody's name: dots are allowed nowhere else.
        "export --reviewer "[a-z0-9_]*) before=; continue ;;
        *[._]*) refuse "$word is not allowed here: leave it out" ;;
    esac
    case "$verb $word" in
        "export --reviewer") ;;
        "export --adjudicated" | "review --blind" | "agreement --json" | "show --json" | "list --json") ;;
        *" -"*) refuse "$word is not allowed here: leave it out" ;;
    esac
    before=$word
done
case "$verb" in
    open | review) [ -t 0 ] && [ -t 1 ] || refuse "a terminal is needed: ssh -t HOST" ;;
esac

term=xterm
case "${TERM:-}" in
    "" | *[!A-Za-z0-9._+-]*) ;;
    *) [ "${#TERM}" -le 32 ] && term=$TERM ;;
esac
colours=
case "${COLORTERM:-}" in
    truecolor | 24bit) colours=$COLORTERM ;;
esac
theme=$(name "${POSTIL_THEME:-}")
keymap=$(name "${POSTIL_KEYMAP:-}")

cd / || exit 4
exec /usr/bin/env -i PATH=/usr/bin:/bin HOME=/nonexistent LANG=C.UTF-8 BROWSER=/bin/false \
    TERM="$term" ${colours:+COLORTERM="$colours"} ${NO_COLOR:+NO_COLOR=1} \
    ${SSH_CONNECTION:+SSH_CONNECTION="$SSH_CONNECTION"} \
    ${theme:+POSTIL_THEME="$theme"} ${keymap:+POSTIL_KEYMAP="$keymap"} \
    POSTIL_ANNOTATIONS=@ANNOTATIONS@ \
    @PYTHON@ -I -m tui "$verb" --restricted "$@"
