"""What a machine can point at in a prepared article; a person decides."""
