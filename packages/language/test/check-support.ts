import { createSourceFile, type Diagnostic } from '@nestml/diagnostics';
import { type CheckOptions, check } from '../src/check/check.ts';
import type { CheckedModel } from '../src/model/checked-model.ts';
import type { Expression } from '../src/model/expressions.ts';
import { parse } from '../src/parse/parser.ts';

/** Checks a text; the lines are joined. */
export function checkText(text: string, options: CheckOptions = {}) {
  return check(parse(createSourceFile('test.nestml', text)), options);
}

/** What is doubtful in most models that show only one thing. */
const incidental: ReadonlySet<string> = new Set([
  'missing-input',
  'missing-output',
  'never-emits',
  'unused-declaration',
  'reserved-elsewhere',
  'overwritten-integration',
  'delay-elsewhere',
  'random-elsewhere',
  'reading-changed',
]);

/** Codes of the findings, in the order of their places; lints about what a test leaves out are not among them. */
export function codesOf(diagnostics: readonly Diagnostic[]): readonly string[] {
  return diagnostics.map(({ code }) => code).filter((code) => !incidental.has(code));
}

/** The only model of a text that must be free of errors. */
export function checkedModel(text: string, options: CheckOptions = {}): CheckedModel {
  const { models, diagnostics } = checkText(text, options);
  const errors = diagnostics.filter((finding) => finding.class === 'error').map(({ message }) => message);
  if (models.length !== 1) throw new Error(`expected one model; ${errors.join('; ')}`);
  return models[0]!;
}

/** Parameters that the tests of expressions can use. */
const parameters = [
  'V mV = 3 mV',
  'E V = 1000 mV',
  'tau ms = 10 ms',
  'g nS = 2 nS',
  'C pF = 100 pF',
  'I pA = 1 pA',
  'x real = 2',
  'n integer = 3',
  'on boolean = true',
  'name string = "a"',
];

/** Checks `internals: result TYPE = EXPRESSION` beside a set of parameters; value undefined if there is an error. */
export function checkValue(type: string, expression: string) {
  const text = [
    'model test_neuron:',
    '    parameters:',
    ...parameters.map((line) => `        ${line}`),
    '    internals:',
    `        result ${type} = ${expression}`,
    '',
  ].join('\n');
  const { models, diagnostics } = checkText(text);
  const value: Expression | undefined = models[0]?.internals[0]?.value;
  return { value, codes: codesOf(diagnostics), diagnostics };
}

/** A short form of a checked expression, fully parenthesised, with canonical numbers. */
export function print(expression: Expression): string {
  switch (expression.kind) {
    case 'constant':
      return String(expression.value);
    case 'variable':
      return (
        expression.symbol.writtenName + (expression.index === undefined ? '' : `[${print(expression.index)}]`)
      );
    case 'port':
      return expression.port.name;
    case 'time':
      return 't';
    case 'delayed':
      return `${expression.symbol.name}(t-${print(expression.delay)})`;
    case 'negation':
      return `(-${print(expression.operand)})`;
    case 'sum':
      return `(${expression.terms.map(({ sign, operand }) => `${sign === 1 ? '+' : '-'}${print(operand)}`).join('')})`;
    case 'product':
      return `(${expression.factors.map(({ operator, operand }) => `${operator}${print(operand)}`).join('')})`;
    case 'power':
      return `(${print(expression.base)}**${print(expression.exponent)})`;
    case 'bit':
    case 'comparison':
      return `(${print(expression.left)}${expression.operator}${print(expression.right)})`;
    case 'bitNot':
      return `(~${print(expression.operand)})`;
    case 'not':
      return `(not ${print(expression.operand)})`;
    case 'logical':
      return `(${expression.operands.map(print).join(` ${expression.operator} `)})`;
    case 'conditional':
      return `(${print(expression.condition)}?${print(expression.whenTrue)}:${print(expression.whenFalse)})`;
    case 'builtin':
      return `${expression.name}(${expression.arguments.map(print).join(',')})`;
    case 'functionCall':
      return `${expression.function.name}(${expression.arguments.map(print).join(',')})`;
    case 'convolve':
      return `convolve(${expression.kernel.name},${expression.port.name})`;
    case 'inUnit':
      return `${expression.direction}[${expression.unit.text}](${print(expression.operand)})`;
    default:
      return expression satisfies never;
  }
}
