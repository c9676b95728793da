"""From values to HTML in which every word of others is escaped: a module for each part of the page."""
