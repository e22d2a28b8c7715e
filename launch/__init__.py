"""Everything between `make` and a running project: install, servers, supervisor, checks.

Not part of the product. Modules that run before the virtual environment exists use the standard library only.
"""
