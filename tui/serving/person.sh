# person NAME: registers the account NAME in accounts.json, and makes its folder.
# What another account made under that name is moved to .taken, where only root reads it. It is never taken over.
person() {
    @PYTHON@ -I -m tui.serving.registration @ANNOTATIONS@ "$1" || return 1
    own=@ANNOTATIONS@/people/$1
    if [ -n "$(find "$own" -prune -type d -user "$1" 2>/dev/null)" ]; then
        echo "$1: has the folder $own"
        return 0
    fi
    if [ -e "$own" ] || [ -L "$own" ]; then
        aside=@ANNOTATIONS@/.taken/$1-$(date -u +%Y%m%dT%H%M%SZ)-$$
        install -d -o root -g root -m 0700 @ANNOTATIONS@/.taken || return 1
        mv -- "$own" "$aside" || return 1
        echo "postil: $own was not $1's: moved to $aside" >&2
    fi
    # Fails if the folder was made meanwhile. Until the last line the new folder is root's, so that no one can replace it.
    mkdir -m 2750 -- "$own" && chgrp @GROUPNAME@ "$own" && chmod 2750 "$own" && chown -h -- "$1" "$own" || {
        echo "postil: $own could not be made: run this again" >&2
        return 1
    }
    echo "$1: made the folder $own"
}
