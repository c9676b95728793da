"""How good the answers are: data sets, outcomes, measures. The door is `evaluate`."""
