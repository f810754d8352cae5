"""What people look at: pages of one run, of two runs compared, and of past runs.

Each page is one file that loads nothing. `run_page.render_run`,
`comparison_page.render_comparison` and `history_page.render_history` are pure: the
same values give the same bytes.
"""
