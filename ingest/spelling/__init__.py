"""Words as they are meant where a text has them otherwise: Arabic that was turned, English that was cut."""
