"""The parts of the list of checks, each with what its checks are about."""
