"""The benchmarks of Postil: `python -m bench` prints one table."""
