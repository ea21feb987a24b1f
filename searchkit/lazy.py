"""What is made ready when first used: names of a package, regular expressions."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any, cast


def attach(package: str, modules: Mapping[str, str]) -> Callable[[str], Any]:
    """A `__getattr__` for the package (PEP 562): `modules` says in which module of it each name is."""

    def get(name: str) -> Any:
        if name not in modules:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        value = getattr(import_module(f"{package}.{modules[name]}"), name)
        setattr(sys.modules[package], name, value)
        return value

    return get


def regex(source: str, flags: int = 0) -> re.Pattern[str]:
    """A regular expression that is compiled when first used, as `re.compile` gives it.

    A search has some 130 patterns at hand and uses half of them; those it does not use would take 15 ms, a twentieth of
    the whole command. From the first use on a call is as quick as without.
    """
    return cast("re.Pattern[str]", _LazyPattern(source, flags))


class _LazyPattern:
    """Has no attribute until it is asked for one: then it takes over all of the pattern's."""

    def __init__(self, source: str, flags: int) -> None:
        self._source = source, flags

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        pattern = re.compile(*self._source)
        self.__dict__.update({name: getattr(pattern, name) for name in _ATTRIBUTES})
        return getattr(pattern, name)


_ATTRIBUTES = [name for name in dir(re.Pattern) if not name.startswith("_")]
