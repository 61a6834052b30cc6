"""Teams: translations, delivery and the whole bot against the stand-in."""
