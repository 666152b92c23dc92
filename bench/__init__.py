"""What Postil is measured by: `python -m bench` prints one table."""
