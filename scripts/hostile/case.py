"""What a case is, and the introducers of the sequences in it."""

from __future__ import annotations

Case = str | bytes
"""Bytes where it is no text."""

ESC, BEL, ST = "\x1b", "\x07", "\x1b\\"
CSI, OSC, DCS, APC, PM, SOS = (ESC + char for char in "[]P_^X")
