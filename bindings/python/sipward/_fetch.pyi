# Made by build_ffi.py from the headers of the library. cffi has no types to offer.
from typing import Any

ffi: Any
lib: Any
