import { type ExpressionNode, type ExpressionSymbol, printExpression } from '@nestml/dynamics';
import type { Statement } from '../ir/statements.ts';
import { symbolOf } from '../ir/symbol-of.ts';
import type { ModelVariable } from '../ir/variables.ts';
import { indented } from './lines.ts';

/** How a statement names the variables of a variant. */
export type VariantWriter = (variant: number) => string;

/** An expression as NESTML, numbers canonical and without units. */
export function print(node: ExpressionNode): string {
  return printExpression(node, { write });
}

function write(symbol: ExpressionSymbol): string {
  const known = symbolOf(symbol);
  switch (known.role) {
    case 'element':
      return known.vector.role === 'spikePort' ? weightOf(known.name) : known.name;
    case 'spikePort':
      return weightOf(known.name);
    default:
      return known.name;
  }
}

/** NESTML has no name for the sum of the weights that arrive in a step. */
function weightOf(port: string): string {
  return `weight(${port})`;
}

/** What a spike adds to a state; empty if it is nothing. */
export function printJump({ name }: ModelVariable, coefficient: ExpressionNode): string {
  const factor = print(coefficient);
  if (factor === '0') return '';
  return `${name} += ${factor === '1' ? '' : `(${factor}) * `}weight`;
}

/** What a spike adds to several states. */
export function printJumps(
  states: readonly ModelVariable[],
  coefficients: readonly ExpressionNode[],
): string {
  const jumps = states.map((state, i) => printJump(state, coefficients[i]!));
  return jumps.filter((jump) => jump !== '').join(', ');
}

/** `real`, `integer`, `boolean`, or the declared unit. */
export function printType({ value, isInteger, unit }: ModelVariable): string {
  if (value === 'boolean') return 'boolean';
  if (isInteger) return 'integer';
  return unit.factors.length === 0 ? 'real' : unit.text;
}

/** Statements line by line. */
export function printStatements(statements: readonly Statement[], variant: VariantWriter): readonly string[] {
  return statements.flatMap((statement) => printStatement(statement, variant));
}

function printStatement(statement: Statement, variant: VariantWriter): readonly string[] {
  const body = (statements: readonly Statement[]) => {
    const lines = printStatements(statements, variant);
    return indented(lines.length === 0 ? ['pass'] : lines);
  };
  switch (statement.kind) {
    case 'set': {
      const index = statement.index === undefined ? '' : `[${print(statement.index)}]`;
      return [`${statement.target.name}${index} = ${print(statement.value)}`];
    }
    case 'let': {
      const { variable, value } = statement;
      return [`${variable.name} ${printType(variable)} = ${print(value)}`];
    }
    case 'if': {
      const branches = statement.branches.flatMap((branch, i) => [
        `${i === 0 ? 'if' : 'elif'} ${print(branch.condition)}:`,
        ...body(branch.body),
      ]);
      return statement.otherwise.length === 0
        ? branches
        : [...branches, 'else:', ...body(statement.otherwise)];
    }
    case 'for': {
      const name = statement.variable.name;
      const next = [`${name} = ${print(statement.next)}`];
      return [
        `${name} = ${print(statement.from)}`,
        `while ${print(statement.condition)}:`,
        ...indented([...printStatements(statement.body, variant), ...next]),
      ];
    }
    case 'while':
      return [`while ${print(statement.condition)}:`, ...body(statement.body)];
    case 'return':
      return [statement.value === undefined ? 'return' : `return ${print(statement.value)}`];
    case 'integrate':
      return [`integrate_odes(${variant(statement.variant)})`];
    case 'emit':
      return [`emit_spike(${print(statement.weight)})`];
    case 'print': {
      const pieces = statement.pieces.map((piece) =>
        typeof piece === 'string'
          ? piece
          : `{${print(piece.value)}}${piece.unit === '' ? '' : ` ${piece.unit}`}`,
      );
      return [`${statement.channel}("${pieces.join('')}")`];
    }
    case 'call':
      return [`${statement.function.name}(${statement.arguments.map(print).join(', ')})`];
    default:
      return statement satisfies never;
  }
}
