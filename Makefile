# Every target begins in launch/boot.py, which installs what is missing (see docs/adr/0010 to 0019).
PY ?= python3
ARGS ?=

.PHONY: help demo test prove check fix lock

help:
	@echo "make demo    run everything on http://127.0.0.1:8000 with fictional data (PORT=8001, RESET=1)"
	@echo "make test    every test, with its own servers and a real browser (ARGS=\"-k referral\")"
	@echo "make prove   the long proofs, whole"
	@echo "make check   linters, types, contracts, deploy check"
	@echo "make fix     let the linters repair what they can"
	@echo "make lock    write the lock files again from requirements/*.in"

demo:
	@$(PY) launch/boot.py demo

test:
	@$(PY) launch/boot.py test $(ARGS)

prove:
	@$(PY) launch/boot.py prove $(ARGS)

check:
	@$(PY) launch/boot.py check

fix:
	@$(PY) launch/boot.py fix

lock:
	@$(PY) launch/boot.py lock
