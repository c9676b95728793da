"""What every test runs under: no network, no analytics, examples that do not depend on the clock."""

import os

from hypothesis import settings

os.environ["HF_HUB_OFFLINE"] = "1"
os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"

settings.register_profile("mustanad", deadline=None, derandomize=True, print_blob=True)
settings.load_profile("mustanad")
