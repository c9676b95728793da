"""The page and the handlers of its events, by Gradio. The door is `page`."""
