import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  childrenOfSyntax,
  type ExpressionSyntax,
  isExpression,
  parseExpressionText,
  visitExpressions,
} from '../src/index.ts';
import { applyFix, expressionOf, findings, grouped, source } from './parse-helpers.ts';

describe('precedence and associativity', () => {
  test.each([
    ['a + b * c', '(a + (b * c))'],
    ['a - b - c + d', '(a - b - c + d)'],
    ['a / b * c // d % e', '(a / b * c // d % e)'],
    ['a ** b ** c', '(a ** (b ** c))'],
    ['-a ** b', '(-(a ** b))'],
    ['a ** -b ** c', '(a ** (-(b ** c)))'],
    ['a ** -b * c', '((a ** (-b)) * c)'],
    ['-a * b', '((-a) * b)'],
    ['- - ~ + a', '(-(-(~(+a))))'],
    ['a << 1 + b', '(a << (1 + b))'],
    ['a & b << c', '(a & (b << c))'],
    ['a ^ b & c', '(a ^ (b & c))'],
    ['a | b ^ c', '(a | (b ^ c))'],
    ['a & b == c', '((a & b) == c)'],
    ['a < b == c', '((a < b) == c)'],
    ['a <> b', '(a != b)'],
    ['not a == b', '(not (a == b))'],
    ['not a and b', '((not a) and b)'],
    ['a == not b and c', '((a == (not b)) and c)'],
    ['a or b and c', '(a or (b and c))'],
    ['a and b or c and d', '((a and b) or (c and d))'],
    ['a and b and c or d or e', '((a and b and c) or d or e)'],
    ['a ? b : c', '(a ? b : c)'],
    ['a ? b : c ? d : e', '((a ? b : c) ? d : e)'],
    ['a ? b ? c : d : e', '(a ? (b ? c : d) : e)'],
    ['a or b ? c : d + 1', '((a or b) ? c : (d + 1))'],
    ['(a + b) * c', '((a + b) * c)'],
    ['a<-1', '(a < (-1))'],
  ])('%s is read as %s', (text, expected) => {
    expect(grouped(expressionOf(text))).toBe(expected);
  });

  test('sums and products are flat lists', () => {
    const sum = expressionOf('a + b - c + d');
    expect(sum.kind === 'sum' && sum.rest.map(({ operator }) => operator)).toEqual(['+', '-', '+']);
  });
});

describe('operands', () => {
  test.each([
    ['10 mV', '<10 mV>'],
    ['250pF', '<250 pF>'],
    ['3 ms**2', '<3 ms**2>'],
    ['3 ms**-1', '<3 ms**-1>'],
    ['3 ms ** (3/2)', '<3 ms ** (3/2)>'],
    ['3 ns**-(1/2)', '<3 ns**-(1/2)>'],
    ['3 ns**0.5', '<3 ns**0.5>'],
    ['1 (mV)', '<1 (mV)>'],
    ['1 (nS/ms)', '<1 (nS/ms)>'],
    ['1 (nS*ms**-1)**2', '<1 (nS*ms**-1)**2>'],
    ['1 (1/ms)', '<1 (1/ms)>'],
    ['10 1/s', '<10 1/s>'],
    ['10 1/(ms*mV)', '<10 1/(ms*mV)>'],
    ['3 nS/ms', '(<3 nS> / ms)'],
    ['1 ms**-1*mV**-1', '(<1 ms**-1> * (mV ** (-1)))'],
    ['1 nS * e / tau', '(<1 nS> * e / tau)'],
    ['-3 mV * x', '((-<3 mV>) * x)'],
    ['1 / 2 mV', '(1 / <2 mV>)'],
    ['2 * 1/ms', '(2 * 1 / ms)'],
    ['3 mV ** n', '(<3 mV> ** n)'],
    ['(1 ms\n  + 2 (mV *\n  nS))', '(<1 ms> + <2 (mV*nS)>)'],
    ["g'' + a[i + 1]' + x[2]", "(g'' + a[(i + 1)]' + x[2])"],
    ['a[b[1]]', 'a[b[1]]'],
    ['f() + g(a, b + 1) + x(t - d)', '(f() + g(a, (b + 1)) + x((t - d)))'],
    ['inf', 'inf'],
    ['true and False', '(true and false)'],
    ['"a {b} \\" c"', '"a {b} \\" c"'],
    ['(((a)))', 'a'],
  ])('%s', (text, expected) => {
    const { expression, diagnostics } = parseExpressionText(source(text));
    expect(findings({ diagnostics })).toEqual([]);
    expect(grouped(expression)).toBe(expected);
  });

  test.each([
    ['1', 1, true],
    ['007', 7, true],
    ['1.', 1, false],
    ['.5', 0.5, false],
    ['1.e3', 1000, false],
    ['2E-3', 0.002, false],
  ])('the number %s has the value %d', (text, value, isInteger) => {
    expect(expressionOf(text)).toMatchObject({ kind: 'number', text, value, isInteger });
  });

  test('spans cover exactly the text of each part', () => {
    const text = ' a + f(b, 2 mV) * -c ';
    const parts: string[] = [];
    visitExpressions(expressionOf(text), ({ span }) => parts.push(text.slice(span.start, span.end)));
    expect(parts).toEqual([
      'a + f(b, 2 mV) * -c',
      'a',
      'f(b, 2 mV) * -c',
      'f(b, 2 mV)',
      'b',
      '2 mV',
      '-c',
      'c',
    ]);
  });
});

describe('groupings that other tools read differently', () => {
  test.each([
    ['a or b and c', 'a or (b and c)'],
    ['a and b or c and d or e and f', 'a and b or (c and d) or (e and f)'],
    ['not a == b', 'not (a == b)'],
    ['n | 2 & 1', 'n | (2 & 1)'],
    ['n & 3 == 1', '(n & 3) == 1'],
    ['a ? b : c ? d : e', '(a ? b : c) ? d : e'],
  ])('%s gives a lint whose fix is %s', (text, repaired) => {
    const { diagnostics } = parseExpressionText(source(text));
    expect(diagnostics.map(({ code, message }) => [code, message.includes(repaired)])).toEqual([
      ['ambiguous-grouping', true],
    ]);
    expect(applyFix(text, diagnostics)).toBe(repaired);
    expect(grouped(expressionOf(repaired))).toBe(grouped(expressionOf(text)));
    expect(parseExpressionText(source(repaired)).diagnostics).toEqual([]);
  });

  test.each([
    'a and b or c',
    'n & 2 | 1',
    'n << 2 & 1',
    'not a and b',
    'n << 1 < 3',
    'not (a == b)',
    'a ? b ? c : d : e',
  ])('%s gives none', (text) => {
    expect(parseExpressionText(source(text)).diagnostics).toEqual([]);
  });
});

describe('mistakes', () => {
  test.each([
    ['', '1:1 missing-expression'],
    ['1 +', '1:4 missing-expression'],
    ['1 + * 2', '1:5 missing-expression'],
    ['a and or b', '1:7 missing-expression'],
    ['f(a,)', '1:5 missing-expression'],
    ['(a + b', '1:1 unclosed-bracket'],
    ['f(a, (b)', '1:2 unclosed-bracket'],
    ['a)', '1:2 unopened-bracket'],
    ['a b', '1:3 missing-operator'],
    ['3 exp(x)', '1:3 missing-operator'],
    ['3 mV nS', '1:6 missing-operator'],
    ['inf mV', '1:5 missing-operator'],
    ['(a b) * (c d)', '1:4 missing-operator'],
    ['2 (x + 1)', '1:3 missing-operator'],
    ['a ? b', '1:6 unexpected-token'],
    ['a = b', '1:3 unexpected-token'],
    ['a if b else c', '1:3 foreign-notation'],
    ['a && b', '1:3 foreign-notation'],
    ["'abc'", '1:1 foreign-notation'],
    ['step * 2', '1:1 keyword-as-name'],
    ['a − b', '1:3 invalid-characters'],
    ['"abc', '1:1 unterminated-string'],
    ['a\nb', '2:1 unexpected-token'],
  ])('%j gives %s and nothing else', (text, expected) => {
    expect(findings(parseExpressionText(source(text)))).toEqual([expected]);
  });

  test('&& and || are read as and and or', () => {
    expect(grouped(expressionOf('a && b || c'))).toBe('((a and b) or c)');
  });

  test('what could be read is kept', () => {
    expect(grouped(expressionOf('a + (b * ) - 1'))).toBe('(a + (b * ?) - 1)');
  });
});

type Printed = { readonly text: string; readonly power: number; readonly shape: string };

/** Binding powers as documented in docs of the language, looser first; independent of the parser's table. */
const levels = ['? :', 'or', 'and', 'not', '==', '|', '^', '&', '<<', '+', '*', 'sign', '**', 'atom'];
const level = (name: string): number => levels.indexOf(name);

function within({ text, power }: Printed, minimum: number): string {
  return power < minimum ? `(${text})` : text;
}

function binary(operator: string, name: string, left: Printed, right: Printed): Printed {
  const power = level(name);
  const text = `${within(left, power)} ${operator} ${within(right, power + 1)}`;
  return { text, power, shape: `(${left.shape} ${operator} ${right.shape})` };
}

/** A chain that is one flat node; operands of the same kind need parentheses. */
function flat(operators: readonly string[], name: string, operands: readonly Printed[]): Printed {
  const power = level(name);
  const join = (parts: readonly string[]): string =>
    parts.map((part, index) => (index === 0 ? part : `${operators[index - 1]} ${part}`)).join(' ');
  return {
    text: join(operands.map((operand) => within(operand, power + 1))),
    power,
    shape: `(${join(operands.map(({ shape }) => shape))})`,
  };
}

const { tree } = fc.letrec<{ tree: Printed; atom: Printed }>((tie) => {
  const sub = tie('tree');
  const chain = (operators: readonly string[], name: string): fc.Arbitrary<Printed> =>
    fc.array(fc.tuple(fc.constantFrom(...operators), sub), { minLength: 2, maxLength: 4 }).map((parts) =>
      flat(
        parts.slice(1).map(([operator]) => operator),
        name,
        parts.map(([, operand]) => operand),
      ),
    );
  const pair = (operators: readonly string[], name: string): fc.Arbitrary<Printed> =>
    fc
      .tuple(fc.constantFrom(...operators), sub, sub)
      .map(([operator, left, right]) => binary(operator, name, left, right));
  const sign = fc.tuple(fc.constantFrom('-', '+', '~'), sub).map(([operator, operand]) => ({
    text: `${operator} ${within(operand, level('sign'))}`,
    power: level('sign'),
    shape: `(${operator}${operand.shape})`,
  }));
  const negation = sub.map((operand) => ({
    text: `not ${within(operand, level('not'))}`,
    power: level('not'),
    shape: `(not ${operand.shape})`,
  }));
  const power = fc.tuple(sub, sub).map(([base, exponent]) => ({
    text: `${within(base, level('atom'))} ** ${within(exponent, level('sign'))}`,
    power: level('**'),
    shape: `(${base.shape} ** ${exponent.shape})`,
  }));
  const conditional = fc.tuple(sub, sub, sub).map(([condition, whenTrue, whenFalse]) => ({
    text: `${condition.text} ? ${whenTrue.text} : ${within(whenFalse, level('or'))}`,
    power: level('? :'),
    shape: `(${condition.shape} ? ${whenTrue.shape} : ${whenFalse.shape})`,
  }));
  const call = fc.tuple(sub, sub).map(([first, second]) => ({
    text: `f(${first.text}, ${second.text})`,
    power: level('atom'),
    shape: `f(${first.shape}, ${second.shape})`,
  }));
  const leaf = fc
    .constantFrom('x', "V_m'", 'a[1]', '2.5', 'inf', 'true')
    .map((text) => ({ text, power: level('atom'), shape: text }));
  return {
    tree: fc.oneof(
      { maxDepth: 6, withCrossShrink: true },
      tie('atom'),
      chain(['or'], 'or'),
      chain(['and'], 'and'),
      pair(['<', '<=', '==', '!=', '>', '>='], '=='),
      pair(['|'], '|'),
      pair(['^'], '^'),
      pair(['&'], '&'),
      pair(['<<', '>>'], '<<'),
      chain(['+', '-'], '+'),
      chain(['*', '/', '//', '%'], '*'),
      ...[sign, negation, power, conditional, call],
    ),
    atom: leaf,
  };
});

describe('printing with as few parentheses as possible', () => {
  test('a random expression is read back as it was meant, without error', () => {
    fc.assert(
      fc.property(tree, ({ text, shape }) => {
        const { expression, diagnostics } = parseExpressionText(source(text));
        expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
        expect(grouped(expression)).toBe(shape);
      }),
      { seed: 20260901, numRuns: 3000 },
    );
  });

  test('with the fixes of all lints applied it means the same, and gives no lint', () => {
    fc.assert(
      fc.property(tree, ({ text, shape }) => {
        let repaired = text;
        for (let round = 0; round < 200; round += 1) {
          const { diagnostics } = parseExpressionText(source(repaired));
          if (diagnostics.length === 0) break;
          repaired = applyFix(repaired, diagnostics);
        }
        expect(parseExpressionText(source(repaired)).diagnostics).toEqual([]);
        expect(grouped(expressionOf(repaired))).toBe(shape);
      }),
      { seed: 20260902, numRuns: 500 },
    );
  });
});

describe('size and depth', () => {
  const depthOf = (expression: ExpressionSyntax): number => {
    let depth = 0;
    let row: ExpressionSyntax[] = [expression];
    while (row.length > 0) {
      depth += 1;
      const next: ExpressionSyntax[] = [];
      for (const node of row) visitDirect(node, next);
      row = next;
    }
    return depth;
  };

  test.each([
    ['parentheses', '('.repeat(100_000) + 1 + ')'.repeat(100_000)],
    ['signs', `${'-'.repeat(100_000)}1`],
    ['negations', `${'not '.repeat(100_000)}a`],
    ['powers', `1${' ** 1'.repeat(100_000)}`],
    ['comparisons', `1${' < 1'.repeat(100_000)}`],
    ['conditionals', `${'a ? '.repeat(100_000)}`],
    ['chained conditionals', `a ? b : c${' ? b : c'.repeat(5_000)}`],
    ['calls', 'f('.repeat(100_000)],
    ['indices', 'a['.repeat(100_000)],
    ['comparisons in parentheses', `${'('.repeat(300)}1${`${' < 1'.repeat(500)})`.repeat(300)}`],
  ])('too many nested %s are refused, once, without overflow', (_, text) => {
    const { expression, diagnostics } = parseExpressionText(source(text));
    expect(diagnostics.filter(({ severity }) => severity === 'error').map(({ code }) => code)).toEqual([
      'nesting-too-deep',
    ]);
    expect(depthOf(expression)).toBeLessThanOrEqual(1010);
  });

  test('nesting of 900 levels is accepted', () => {
    const text = `${'(-'.repeat(450)}1${')'.repeat(450)}`;
    expect(parseExpressionText(source(text)).diagnostics).toEqual([]);
  });

  test.each([' + 1', ' * 1', ' and a', ' or a'])('20,000 terms joined by %j are one flat node', (part) => {
    const { expression, diagnostics } = parseExpressionText(source(`a${part.repeat(19_999)}`));
    expect(diagnostics).toEqual([]);
    expect(depthOf(expression)).toBe(2);
  });
});

function visitDirect(node: ExpressionSyntax, into: ExpressionSyntax[]): void {
  for (const child of childrenOfSyntax(node)) if (isExpression(child)) into.push(child);
}
