"""What belongs to a quote: the printed page it stands on, the sentence that it is a note to."""
