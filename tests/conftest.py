"""What all tests share."""

import os

from hypothesis import settings

# No deadline: the machine may be shared. In CI the same examples every time, so that a red run
# stays red until it is mended; elsewhere new ones each time.
settings.register_profile(
    "casebook", deadline=None, derandomize=os.environ.get("CI") == "true", print_blob=True
)
settings.load_profile("casebook")
