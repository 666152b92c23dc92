"""The export formats of annotations, one module each."""
