"""From values to HTML in which every word of others is escaped."""
