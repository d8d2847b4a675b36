import { type Draft, normalised, type Signal } from './draft.ts';
import type { Feature } from './features.ts';
import { digits } from './quantities.ts';

/** A plain number, of the order of 1, that depends on a signal. */
function argument(draft: Draft, signals: readonly Signal[]): string {
  const { choose } = draft;
  const first = normalised(draft, choose.pick(signals));
  switch (choose.below(4)) {
    case 0:
      return `${first} - ${digits(choose.between(0.1, 1))}`;
    case 1:
      return `${digits(choose.between(0.3, 2))} * ${first}`;
    case 2:
      return `${first} + ${digits(choose.between(0.1, 0.6))} * ${normalised(draft, choose.pick(signals))}`;
    default:
      return first;
  }
}

type Form = readonly [form: (x: string) => string, ...features: Feature[]];

/** Functions from all numbers to [-1, 1], Lipschitz with a constant of about 1. */
const squashing: readonly Form[] = [
  [(x) => `tanh(${x})`],
  [(x) => `sin(${x})`],
  [(x) => `cos(${x})`],
  [(x) => `erf(${x})`],
  [(x) => `1 / (1 + exp(-(${x})))`],
  [(x) => `exp(-abs(${x}))`, 'abs'],
  [(x) => `exp(-(${x})**2)`, 'power'],
  [(x) => `(${x}) / (1 + abs(${x}))`, 'abs'],
  [(x) => `(${x})**2 / (1 + (${x})**2)`, 'power'],
  [(x) => `pow(sin(${x}), 3)`, 'power'],
  [(x) => `1 / (1 + abs(${x})) ** 1.5`, 'abs', 'power'],
  [(x) => `clip(${x}, -1, 1)`, 'min, max or clip'],
  [(x) => `max(-1, min(${x}, 1))`, 'min, max or clip'],
  [(x) => `(${x} > 1 ? 1 : max(-0.5, ${x}))`, 'conditional expression', 'min, max or clip'],
  [(x) => `(${x} < 0 ? 0 : tanh(${x}))`, 'conditional expression'],
  [(x) => `ln(1 + abs(tanh(${x})))`, 'abs'],
  [(x) => `expm1(-abs(${x}))`, 'abs'],
  [(x) => `log10(1 + 9 * cos(${x})**2)`, 'power'],
  [(x) => `erfc(abs(${x}))`, 'abs'],
];

/** A plain number in [-1, 1] that depends on the signals in a non-linear, continuous way. */
export function boundedExpression(draft: Draft, signals: readonly Signal[], depth = 2): string {
  const { choose, features } = draft;
  if (depth > 0 && choose.chance(0.3)) {
    const [first, second] = [
      boundedExpression(draft, signals, depth - 1),
      boundedExpression(draft, signals, depth - 1),
    ];
    return choose.chance(0.5) ? `${first} * (${second})` : `(0.6 * ${first} - 0.4 * ${second})`;
  }
  if (depth > 0 && choose.chance(0.2)) return squashByFunction(draft, argument(draft, signals));
  const [form, ...used] = choose.pick(squashing);
  for (const feature of used) features.add(feature);
  return form(argument(draft, signals));
}

/** A call of a function that is defined in the model. */
function squashByFunction(draft: Draft, x: string): string {
  const { choose, features, further, fresh } = draft;
  const name = fresh('squash');
  const [form, ...used] = choose.pick(squashing);
  for (const feature of used) features.add(feature);
  features.add('function');
  const bodies = [
    [`return ${form('x')}`],
    ['if x > 0:', `    return ${form('x')}`, `return ${form('0 * x')} + tanh(x)**2 * x / (1 + abs(x))`],
    [`y real = ${form('x')}`, 'y = 0.5 * y', 'return y + y'],
  ];
  further.push([`function ${name}(x real) real:`, ...choose.pick(bodies).map((line) => `    ${line}`)]);
  return `${name}(${x})`;
}
