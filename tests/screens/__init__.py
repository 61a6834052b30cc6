"""What the bot shows in Slack, drawn in a browser for people to look at."""
