"""One search box over many providers."""
