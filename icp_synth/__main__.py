"""`python -m icp_synth` is the command line."""

from icp_synth.cli.app import main

main()
