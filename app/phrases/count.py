"""A phrase that takes a number."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Count:
    """A phrase by number, in the five plural categories of Arabic that Unicode's CLDR names.

    One, two, few (3 to 10), many (11 to 99), other; the last three by the number's last two digits.
    """

    one: str
    two: str
    few: str
    many: str
    other: str

    def form(self, n: int) -> str:
        """The phrase for `n`, at least 0, its parts not yet filled in."""
        if n in {1, 2}:
            return self.one if n == 1 else self.two
        rest = n % 100
        return self.few if 3 <= rest <= 10 else self.many if rest >= 11 else self.other

    def __call__(self, n: int, **parts: str) -> str:
        """The phrase for `n` with its `{n}` and its other parts filled in."""
        return self.form(n).format(n=f"{n:,}", **parts)
