"""The reader screen: one article, its panel, its keys, and what goes on in the background."""
