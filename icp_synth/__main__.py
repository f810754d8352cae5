"""`python -m icp_synth` is the command line."""

from icp_synth.cli.entry import main

main()
