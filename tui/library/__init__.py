"""The library screen: its list of articles, adding and removing them."""
