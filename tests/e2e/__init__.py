"""The whole bot before Microsoft's Agents Playground, driven in a browser: `make e2e`."""
