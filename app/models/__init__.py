"""The cross-encoders that read a question together with a passage. The door is `cross_encoder`."""
