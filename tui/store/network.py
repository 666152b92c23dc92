"""Whether a folder is on a network file system, where file locks and fsync may promise less than they do here."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

_NETWORK = frozenset(
    [
        "9p",
        "afpfs",
        "afs",
        "beegfs",
        "ceph",
        "cifs",
        "coda",
        "davfs",
        "glusterfs",
        "lustre",
        "ncpfs",
        "nfs",
        "prl_fs",
        "smb",
        "smbfs",
        "vboxsf",
        "virtiofs",
        "webdav",
    ]
)
"""Types as mountinfo and `mount` name them, without the digit of a version.

A folder that a virtual machine shares with its host is one too.
"""
_FUSE = frozenset(["ceph", "cephfs", "davfs2", "glusterfs", "gvfsd-fuse", "rclone", "s3fs", "sshfs"])
"""What follows `fuse.`."""

# Expressions are made where they are used: every article that is opened is looked at on the way to its first paint.
_ESCAPED = r"\\([0-7]{3})"
_MOUNT_LINE = r".+? on (?P<point>/.*) \((?P<type>[\w.]+)[^()]*\)"

Mount = tuple[str, str]
"""Where something is mounted, and its type."""


def network_file_system(path: Path) -> str | None:
    """The type's name when `path`, or its nearest parent that exists, is on a network file system.

    None for a local one, and where the system does not tell. Raises nothing. On macOS it runs /sbin/mount.
    """
    try:
        there = path.resolve()
        if sys.platform == "linux":
            mounts = linux_mounts(
                Path("/proc/self/mountinfo").read_text(encoding="utf-8", errors="surrogateescape")
            )
        elif sys.platform == "darwin":
            mounts = macos_mounts(_printed("/sbin/mount"))
        else:
            return None
        kind = type_at(there, mounts)
    except (OSError, ValueError, RuntimeError, subprocess.SubprocessError):
        return None
    return kind if kind and _is_network(kind) else None


def _is_network(kind: str) -> bool:
    _, fuse, name = kind.partition("fuse.")
    return name in _FUSE if fuse else kind in _NETWORK or kind.rstrip("0123456789") in _NETWORK


def linux_mounts(mountinfo: str) -> Iterator[Mount]:
    """The mounts of /proc/self/mountinfo, the later ones on top (proc_pid_mountinfo(5))."""
    for line in mountinfo.split("\n"):
        before, dash, after = line.partition(" - ")
        fields = before.split(" ")
        if dash and len(fields) > 4:
            yield _unescaped(fields[4]), after.split(" ")[0]


def macos_mounts(printed: str) -> Iterator[Mount]:
    """The mounts that /sbin/mount lists as `what on /point (type, options)`."""
    for line in printed.split("\n"):
        match = re.fullmatch(_MOUNT_LINE, line)
        if match:
            yield match["point"], match["type"]


def type_at(path: Path, mounts: Iterator[Mount]) -> str | None:
    """The type of the mount that contains an absolute path: the one with the longest mount point, of equals the last."""
    holder: Mount = ("", "")
    for point, kind in mounts:
        if len(point) >= len(holder[0]) and path.is_relative_to(point):
            holder = (point, kind)
    return holder[1] or None


def _unescaped(field: str) -> str:
    """The kernel writes space, tab, newline and backslash as octal numbers."""
    if "\\" not in field:
        return field
    return re.sub(_ESCAPED, lambda match: chr(int(match[1], 8)), field)


def _printed(command: str) -> str:
    return subprocess.run(
        [command], capture_output=True, text=True, errors="surrogateescape", timeout=5, check=True
    ).stdout
