"""How good the answers are: data sets, outcomes, measures."""
