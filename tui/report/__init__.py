"""An annotated article as one self-contained page of HTML, without a script."""
