"""The commands, one module each with `run(options) -> exit code`, imported when it is called."""
