"""`python -m fellwatch.cli`, the same as `fellwatch`."""

from fellwatch.cli.main import main

main(prog_name="fellwatch")
