"""What the bot shows in Slack and in Teams, drawn in a browser for people to look at."""
