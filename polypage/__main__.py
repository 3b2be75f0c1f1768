"""`python -m polypage` is `polypage`."""

from polypage.cli import main

if __name__ == "__main__":
    main(prog_name="polypage")
