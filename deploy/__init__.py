"""What an installation needs besides the program: see docs/operations.md."""
