"""The deadline engine in a storm: real processes, faults in random order, and a reckoning made apart from it."""
