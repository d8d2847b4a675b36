import type { Random } from './random.ts';

/** What the grammar can draw on. */
interface Vocabulary {
  readonly random: Random;
  readonly states: readonly string[];
  readonly constants: readonly string[];
  readonly functions: readonly string[];
  readonly ports: readonly string[];
}

/**
 * A text that follows the grammar of the language but not its meaning: names are mostly declared, types and units mostly do not fit. (Models that
 * also make sense are made in the folder `conformance`.)
 */
export function randomModel(random: Random): string {
  const some = (prefix: string, most: number) =>
    Array.from({ length: 1 + random.below(most) }, (_, index) => `${prefix}${index}`);
  const words: Vocabulary = {
    random,
    states: some('x', 5),
    constants: some('p', 4),
    functions: some('f', 2),
    ports: some('in', 2),
  };
  const blocks = [
    block(
      'state',
      words.states.map((name) => `${name} ${type(words)} = ${expression(words, 1)}`),
    ),
    block(
      'parameters',
      words.constants.map(
        (name) => `${name}${size(words)} ${type(words)} = ${expression(words, 1)}${guard(words)}`,
      ),
    ),
    block('internals', [`h ${type(words)} = ${expression(words, 2)}`]),
    block('equations', equations(words)),
    block(
      'input',
      words.ports.map((name) =>
        random.chance(0.7) ? `${name} <- ${signal(words)}` : `${name} pA <- continuous`,
      ),
    ),
    block('output', ['spike']),
    ...words.functions.map((name) =>
      block(`function ${name}(a ${type(words)}) ${type(words)}`, [
        ...statements(words, 1),
        `return ${expression(words, 2)}`,
      ]),
    ),
    ...words.ports.map((name) =>
      block(`onReceive(${name}${random.chance(0.3) ? ', priority=1' : ''})`, statements(words, 2)),
    ),
    block(`onCondition(${expression(words, 2)})`, statements(words, 2)),
    block('update', ['integrate_odes()', ...statements(words, 3)]),
  ];
  const lines = blocks.filter(() => random.chance(0.9)).flat();
  return `model random_${random.chance(0.8) ? 'neuron' : 'synapse'}:\n${lines.map((line) => `    ${line}\n`).join('')}`;
}

function block(head: string, lines: readonly string[]): readonly string[] {
  return [`${head}:`, ...lines.map((line) => `    ${line}`)];
}

function type({ random }: Vocabulary): string {
  return random.pick([
    'real',
    'real',
    'mV',
    'ms',
    'pA',
    'nS',
    '1/ms',
    'integer',
    'boolean',
    'string',
    'mV/ms',
    'pA**2',
    'mV/V',
  ]);
}

function size({ random }: Vocabulary): string {
  return random.chance(0.1) ? '[3]' : '';
}

function guard(words: Vocabulary): string {
  return words.random.chance(0.3) ? ` [[${expression(words, 1)} > ${expression(words, 0)}]]` : '';
}

function signal({ random }: Vocabulary): string {
  return random.pick(['spike', 'excitatory spike', 'inhibitory spike', 'excitatory inhibitory spike']);
}

function equations(words: Vocabulary): readonly string[] {
  const { random, states } = words;
  return [
    `kernel K = ${random.pick(['exp(-t / 1 ms)', 'delta(t)', expression(words, 2)])}`,
    `${random.chance(0.3) ? 'recordable ' : ''}inline view ${type(words)} = ${expression(words, 3)}`,
    ...states.map((name) => `${name}${random.chance(0.9) ? "'" : "''"} = ${expression(words, 3)}`),
  ];
}

/** Statements, nested at most `depth` deep. */
function statements(words: Vocabulary, depth: number): readonly string[] {
  const { random } = words;
  return Array.from({ length: 1 + random.below(3) }, () => statement(words, depth)).flat();
}

function statement(words: Vocabulary, depth: number): readonly string[] {
  const { random, states, functions } = words;
  const inner = () => statements(words, depth - 1);
  switch (depth > 0 ? random.below(9) : random.below(5)) {
    case 0:
      return [
        `${random.pick(states)} ${random.pick(['=', '+=', '-=', '*=', '/=', '//='])} ${expression(words, 3)}`,
      ];
    case 1:
      return [`y ${type(words)} = ${expression(words, 2)}`];
    case 2:
      return [
        random.pick([
          `emit_spike(${expression(words, 1)})`,
          'emit_spike()',
          `integrate_odes(${random.pick(states)})`,
        ]),
      ];
    case 3:
      return [`println("{${random.pick(states)}} and {y}")`];
    case 4:
      return [`${random.pick(functions)}(${expression(words, 1)})`];
    case 5:
      return [...block(`if ${expression(words, 2)}`, inner()), ...block('else', inner())];
    case 6:
      return [
        ...block(`if ${expression(words, 2)}`, inner()),
        ...block(`elif ${expression(words, 1)}`, inner()),
      ];
    case 7:
      return block(`while ${expression(words, 2)}`, inner());
    default:
      return block(
        `for y in ${expression(words, 1)} ... ${expression(words, 1)} step ${random.pick(['1', '-1', '0', '0.5'])}`,
        inner(),
      );
  }
}

/** An expression, nested at most `depth` deep. */
function expression(words: Vocabulary, depth: number): string {
  const { random } = words;
  if (depth <= 0 || random.chance(0.2)) return leaf(words);
  const part = () => expression(words, depth - 1);
  const binary = [
    '+',
    '-',
    '*',
    '/',
    '//',
    '%',
    '**',
    '<',
    '<=',
    '==',
    '!=',
    'and',
    'or',
    '&',
    '|',
    '^',
    '<<',
  ];
  switch (random.below(8)) {
    case 0:
      return `(${part()})`;
    case 1:
      return `${random.pick(['-', '+', '~', 'not '])}${part()}`;
    case 2:
      return `${random.pick(['exp', 'max', 'min', 'clip', 'abs', 'pow', 'steps', 'random_normal', ...words.functions])}(${part()}${random.chance(0.5) ? `, ${part()}` : ''})`;
    case 3:
      return `${part()} ? ${part()} : ${part()}`;
    case 4:
      return `convolve(K, ${random.pick(words.ports)})`;
    default:
      return `${part()} ${random.pick(binary)} ${part()}`;
  }
}

function leaf({ random, states, constants, ports }: Vocabulary): string {
  return random.pick([
    ...states,
    ...constants,
    ...ports,
    '0',
    '1',
    '2.5',
    '3 mV',
    '1 ms',
    '2 nS*mV',
    '1e-300',
    'inf',
    'true',
    '"text"',
    't',
    'e',
    'h',
    'view',
    'K',
    'y',
    `${random.pick(states)}'`,
    `${random.pick(constants)}[0]`,
    'resolution()',
    'undeclared',
  ]);
}
