"""The `khuevan` command. Its own subcommands run the program; all others come from the apps."""
