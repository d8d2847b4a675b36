"""Power series solutions of ordinary differential equations in floating-point numbers of many digits.

The right-hand side is written with the objects below instead of numbers. Each object holds the Taylor coefficients of its value
around the present time; coefficient k of a derivative gives coefficient k + 1 of its variable, so that one pass over k builds the
series of the solution to any order.
Source of the recurrences: Jorba A, Zou M (2005), A software package for the numerical integration of ODEs by means of high-order
Taylor methods, Experimental Mathematics 14:99-117, section 2.
"""

from operator import mul

import gmpy2
from gmpy2 import mpfr

BITS = 200
ORDER = 30
# A step is so short that the last two terms of every series stay below this, in mV, pA, nS or as a plain number.
LOCAL_ERROR = "1e-26"


def set_precision():
    gmpy2.get_context().precision = BITS


class Series:
    """A value with its Taylor coefficients. Subclasses append coefficient k when asked, inputs before users."""

    def __init__(self):
        self.coefficients = []

    def __add__(self, other):
        return Sum(self, as_series(other))

    __radd__ = __add__

    def __neg__(self):
        return Product(Constant(mpfr(-1)), self)

    def __sub__(self, other):
        return self + -as_series(other)

    def __rsub__(self, other):
        return as_series(other) + -self

    def __mul__(self, other):
        return Product(self, as_series(other))

    __rmul__ = __mul__

    def __truediv__(self, other):
        return Quotient(self, as_series(other))

    def __rtruediv__(self, other):
        return Quotient(as_series(other), self)


class Constant(Series):
    def __init__(self, value):
        super().__init__()
        self.value = mpfr(value)
        self.inputs = ()

    def extend(self, k):
        self.coefficients.append(self.value if k == 0 else mpfr(0))


class Variable(Series):
    """A state variable; its coefficients are set by the solver."""

    inputs = ()

    def extend(self, k):
        pass


class Sum(Series):
    def __init__(self, a, b):
        super().__init__()
        self.inputs = (a, b)

    def extend(self, k):
        a, b = self.inputs
        self.coefficients.append(a.coefficients[k] + b.coefficients[k])


class Product(Series):
    def __init__(self, a, b):
        super().__init__()
        self.inputs = (a, b) if isinstance(a, Constant) or not isinstance(b, Constant) else (b, a)

    def extend(self, k):
        a, b = self.inputs
        if isinstance(a, Constant):
            self.coefficients.append(a.value * b.coefficients[k])
        else:
            self.coefficients.append(sum(map(mul, a.coefficients, reversed(b.coefficients))))


class Quotient(Series):
    def __init__(self, a, b):
        super().__init__()
        self.inputs = (a, b)

    def extend(self, k):
        a, b = self.inputs
        if isinstance(b, Constant):
            self.coefficients.append(a.coefficients[k] / b.value)
            return
        known = sum(map(mul, self.coefficients, reversed(b.coefficients[1 : k + 1])))
        self.coefficients.append((a.coefficients[k] - known) / b.coefficients[0])


class Exponential(Series):
    """exp(a): k e_k = sum of j a_j e_(k-j) for j = 1 … k."""

    def __init__(self, a):
        super().__init__()
        self.inputs = (a,)
        self.weighted = []

    def extend(self, k):
        (a,) = self.inputs
        if k == 0:
            self.weighted = []
            self.coefficients.append(gmpy2.exp(a.coefficients[0]))
            return
        self.weighted.append(k * a.coefficients[k])
        self.coefficients.append(sum(map(mul, self.weighted, reversed(self.coefficients))) / k)


def as_series(value):
    return value if isinstance(value, Series) else Constant(value)


def exp(value):
    return Exponential(as_series(value))


class System:
    """Autonomous equations x' = f(x): `variables` is a list of Variable, `rates` their derivatives as Series."""

    def __init__(self, variables, rates):
        self.variables = variables
        self.rates = rates
        self.order = ORDER
        self.local_error = mpfr(LOCAL_ERROR)
        self.nodes = []
        seen = set()

        def visit(node):
            if id(node) in seen:
                return
            seen.add(id(node))
            for each in node.inputs:
                visit(each)
            self.nodes.append(node)

        for node in [*variables, *rates]:
            visit(node)

    def expand(self, values):
        """Computes the series around the given values of the variables."""
        for node in self.nodes:
            node.coefficients = []
        for variable, value in zip(self.variables, values, strict=True):
            variable.coefficients.append(value)
        for k in range(self.order):
            for node in self.nodes:
                node.extend(k)
            for variable, rate in zip(self.variables, self.rates, strict=True):
                variable.coefficients.append(rate.coefficients[k] / (k + 1))

    def safe_step(self):
        """Length over which the last two terms of every series stay below the local error, less a tenth."""
        longest = None
        for variable in self.variables:
            for k in (self.order - 1, self.order):
                size = abs(variable.coefficients[k])
                if size != 0:
                    length = gmpy2.exp(gmpy2.log(self.local_error / size) / k)
                    longest = length if longest is None else min(longest, length)
        return mpfr("inf") if longest is None else mpfr("0.9") * longest

    def evaluate(self, length):
        """Values of the variables at this distance from the expansion point."""
        values = []
        for variable in self.variables:
            value = mpfr(0)
            for coefficient in reversed(variable.coefficients):
                value = value * length + coefficient
            values.append(value)
        return values

    def advance(self, values, duration, until=None):
        """Integrates over `duration`. With `until` = (index, level) it stops where that variable first reaches the level from
        below. Returns the values and the time that is left."""
        left = mpfr(duration)
        while left > 0:
            self.expand(values)
            length = min(left, self.safe_step())
            values = self.evaluate(length)
            if until is not None and values[until[0]] >= until[1]:
                length = self.crossing(length, *until)
                return self.evaluate(length), left - length
            left -= length
        return values, left

    def crossing(self, length, index, level):
        """Distance at which the variable equals the level: Newton's method, kept inside the last bracket."""
        coefficients = self.variables[index].coefficients
        low, high = mpfr(0), length
        at = high
        for _ in range(400):
            value, slope = mpfr(0), mpfr(0)
            for coefficient in reversed(coefficients):
                slope = slope * at + value
                value = value * at + coefficient
            low, high = (at, high) if value < level else (low, at)
            following = at - (value - level) / slope
            if not low < following < high:
                following = (low + high) / 2
            if abs(following - at) <= mpfr("1e-45") * length:
                return following
            at = following
        raise ArithmeticError("the crossing was not found")
