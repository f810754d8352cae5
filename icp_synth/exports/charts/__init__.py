"""Charts as inline SVG, drawn by leather and coloured by the page's style."""
