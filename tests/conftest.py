"""What holds for all tests: random input has no deadline, since no test depends on how fast the machine is."""

from hypothesis import settings

settings.register_profile("any machine")
settings.load_profile("any machine")
