"""What is painted: the article view, the bars and the panel."""
