#!/usr/bin/env python3
# -*- coding: utf-8 -*-
"""Weather stations -- a module that shows a lexer most of Python.

Docstrings may hold 'quotes', "more quotes", # no comment and \\ escapes.
"""

from __future__ import annotations

import asyncio
import contextlib
import dataclasses
import enum
import functools
import itertools as it
import os.path
import re
import sys
from collections import defaultdict, namedtuple
from typing import Any, Callable, Generic, Iterator, TypeVar

T = TypeVar("T", bound="Station")
MAX_AGE = 3_600
LIMITS = (0x1F, 0o17, 0b1010_1010, 1e-9, 2.5E+10, .5, 10., 3j, 1_000.000_1, 0xDEAD_BEEF)

plain = 'single with "double" and \'escaped\''
double = "double with 'single', \t, \x41, \u00e9, \U0001F600, \N{EM DASH}, \101 and \
a line that goes on"
raw = r"C:\new\table" + R'\d+\'s' + rb"\x00" + Rb'\n'
data = b'bytes \xff' + B"more \n" + u"text"
triple = '''three 'single' quotes
over "two" lines ''' + """and "double" ones \"\"\" too"""
pattern = re.compile(r"""
    ^ (?P<name> [A-Z]\w+ )   # a name
    \s* = \s*
    (?P<value> -?\d+(\.\d+)? )
    $""", re.VERBOSE)


class Level(enum.IntEnum):
    LOW = 1
    MIDDLE = enum.auto()
    HIGH = 10


@dataclasses.dataclass(frozen=True, order=True)
class Reading:
    """One value."""

    station: str
    celsius: float = 0.0
    tags: list[str] = dataclasses.field(default_factory=list)
    extra: dict[str, Any] | None = None

    @property
    def fahrenheit(self) -> float:
        return self.celsius * 9 / 5 + 32

    @classmethod
    def parse(cls, line: str, /, *, strict: bool = True) -> "Reading":
        match = pattern.match(line)
        if match is None:
            if strict:
                raise ValueError(f"cannot read {line!r} at {os.path.basename(__file__)}")
            return cls(station="", celsius=float("nan"))
        return cls(match["name"], float(match["value"]))

    @staticmethod
    def zero() -> Reading:
        return Reading("zero")

    def __matmul__(self, other: Reading) -> float:
        return self.celsius @ other.celsius if other else NotImplemented


def describe(reading: Reading, width: int = 20) -> str:
    unit = "°C"
    kind = {True: "warm", False: "cold"}[reading.celsius > 20]
    head = f"{reading.station:>{width}} {reading.celsius:+.1f}{unit} ({kind})"
    more = f'{reading.fahrenheit:08.2f} {{not code}} {max(1, 2)} {"nested"} {reading.tags[0:2]}'
    lines = f"""{head}
    {more if reading.tags else 'no tags'}
    {sum(x ** 2 for x in range(3))} and {lambda_free(3)(4)}"""
    return lines + rf"\d{width}\w" + fr'{kind}\n'


def lambda_free(n: int) -> Callable[[int], int]:
    return lambda x, *args, **kwargs: x * n if not args else -x


def walk(tree: dict, depth=0) -> Iterator[tuple[int, str]]:
    for key, value in sorted(tree.items()):
        yield depth, key
        if isinstance(value, dict) and value is not tree:
            yield from walk(value, depth + 1)
        elif value in (None, True, False, ...):
            continue
        else:
            pass
    else:
        del depth


class Station(Generic[T]):
    count: int = 0
    __slots__ = ("name", "_cache", "__weakref__")

    def __init__(self, name: str, *readings: Reading, **options: object) -> None:
        super().__init__()
        self.name = name
        self._cache = defaultdict(list)
        Station.count += 1
        for r in readings:
            self._cache[r.station].append(r)

    def __getitem__(self, key):
        return self._cache[key][-1]

    @functools.lru_cache(maxsize=None)
    def mean(self, key: str, default: float = 0.) -> float:
        values = [r.celsius for r in self._cache.get(key, []) if r.celsius == r.celsius]
        if (n := len(values)) == 0:
            return default
        return sum(values) / n

    async def poll(self, seconds: float):
        global MAX_AGE
        async with contextlib.AsyncExitStack() as stack:
            async for item in self.stream():
                await asyncio.sleep(seconds)
                stack.push_async_callback(item.close)
        MAX_AGE //= 2

    async def stream(self):
        for i in it.count(start=1, step=2):
            if i > 10 or i & 1 and not i % 7:
                break
            yield i


def command(argv: list[str]) -> int:
    match argv:
        case []:
            return 0
        case ["add", name, *rest] if rest:
            print("adding", name, file=sys.stderr)
        case {"kind": "query", "limit": int(limit)}:
            print(limit)
        case Reading(station="x") | Reading(station="y"):
            return 2
        case _:
            raise SystemExit(1)
    match = 3  # here it is a name
    case = match + 1
    type = case * 2
    return match - case + type


def counter():
    total = 0

    def add(n):
        nonlocal total
        total += n
        return total

    return add


def check(values):
    assert all(isinstance(v, (int, float)) for v in values), "numbers, please"
    try:
        ratio = values[0] / values[1]
    except (ZeroDivisionError, IndexError) as error:
        print("no ratio: %s" % error, "{} {}".format(1, 2))
        raise RuntimeError("bad") from error
    except* OSError:
        ratio = None
    finally:
        with open(os.devnull, "w") as sink, contextlib.suppress(Exception):
            sink.write(str(values) + repr(ratio))
    squares = {n: n ** 2 for n in range(10)}
    unique = {abs(int(v)) for v in values} | set() ^ frozenset()
    matrix = [[0] * 3 for _ in range(3)][::-1]
    return ratio, squares, unique, matrix[0:1], ~1 << 2 >> 1, 7 // 2, 2 <= 3 != 4


Point = namedtuple("Point", "x y")

if __name__ == "__main__":
    print(describe(Reading.parse("Oslo = -3.5")), end="\n\n")
    sys.exit(command(sys.argv[1:]))
