"""Network file systems are found by the mount that holds the folder, whatever its name looks like."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tui.store import network
from tui.store.network import linux_mounts, macos_mounts, network_file_system, type_at

MOUNTINFO = r"""22 28 0:21 / /proc rw,nosuid shared:12 - proc proc rw
28 1 259:2 / / rw,relatime shared:1 - ext4 /dev/nvme0n1p2 rw
61 28 0:52 / /home rw,relatime shared:33 master:7 - nfs4 server:/home rw,vers=4.2
62 61 259:3 / /home/ana/local rw,relatime - xfs /dev/sdb1 rw
63 28 0:53 / /mnt/our\040share rw - cifs //server/our\040share rw
64 28 0:54 / /mnt/back\134slash rw - fuse.sshfs ana@server: rw
65 28 0:55 / /mnt/twice rw - ext4 /dev/sdc1 rw
66 65 0:56 / /mnt/twice rw - 9p host rw

a line of nonsense
"""

MOUNTED = """/dev/disk3s1s1 on / (apfs, sealed, local, read-only, journaled)
devfs on /dev (devfs, local, nobrowse)
/dev/disk3s5 on /System/Volumes/Data (apfs, local, journaled, nobrowse)
//ana@server/our%20share on /Volumes/our share (smbfs, nodev, nosuid, mounted by ana)
server:/export on /Volumes/on tour (2) (nfs)
nonsense
"""


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/", "ext4"),
        ("/home", "nfs4"),
        ("/home/ana/annotations", "nfs4"),
        ("/home/ana/local/annotations", "xfs"),
        ("/homeless", "ext4"),
        ("/mnt/our share/annotations", "cifs"),
        ("/mnt/our", "ext4"),
        ("/mnt/back\\slash", "fuse.sshfs"),
        ("/mnt/twice/annotations", "9p"),
    ],
)
def test_the_longest_mount_point_holds_a_path_and_the_last_of_equals(path: str, kind: str) -> None:
    assert type_at(Path(path), linux_mounts(MOUNTINFO)) == kind


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/Users", "apfs"),
        ("/Volumes/our share/annotations", "smbfs"),
        ("/Volumes/on tour (2)/annotations", "nfs"),
        ("/Volumes/on tour", "apfs"),
    ],
)
def test_what_macos_prints_is_understood(path: str, kind: str) -> None:
    assert type_at(Path(path), macos_mounts(MOUNTED)) == kind


def test_without_mounts_nothing_is_known() -> None:
    assert type_at(Path("/"), linux_mounts("")) is None
    assert type_at(Path("/"), macos_mounts("")) is None


@pytest.mark.skipif(sys.platform != "linux", reason="made-up mounts are put in the place of mountinfo")
@pytest.mark.parametrize(
    ("kind", "found"),
    [("nfs4", "nfs4"), ("fuse.sshfs", "fuse.sshfs"), ("ext4", None), ("fuse.mergerfs", None)],
)
def test_only_network_types_are_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str, found: str | None
) -> None:
    folder = tmp_path.resolve() / "not" / "there" / "yet"
    monkeypatch.setattr(
        network, "linux_mounts", lambda _: iter([("/", "ext4"), (str(tmp_path.resolve()), kind)])
    )
    assert network_file_system(folder) == found


def test_a_link_is_followed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    share = tmp_path.resolve() / "share"
    share.mkdir()
    (tmp_path / "link").symlink_to(share)
    for name in ("linux_mounts", "macos_mounts"):
        monkeypatch.setattr(network, name, lambda _: iter([("/", "ext4"), (str(share), "nfs")]))
    expected = "nfs" if sys.platform in {"linux", "darwin"} else None
    assert network_file_system(tmp_path / "link" / "annotations") == expected


@pytest.mark.parametrize("path", ["a\0b", "x" * 5000, "loop/x"])
def test_an_odd_path_raises_nothing(tmp_path: Path, path: str) -> None:
    (tmp_path / "loop").symlink_to("loop")
    network_file_system(tmp_path / path)


def test_where_the_system_does_not_tell_nothing_is_raised(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object, **__: object) -> str:
        raise PermissionError

    monkeypatch.setattr(Path, "read_text", refused)
    for platform in ("linux", "darwin", "win32"):
        monkeypatch.setattr(sys, "platform", platform)
        assert network_file_system(tmp_path) is None
