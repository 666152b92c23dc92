"""Postil for several people on one host, over SSH: what an administrator installs, and whether it is safe."""
