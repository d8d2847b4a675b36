import {
  type CheckedModel,
  closestName,
  type ValueType,
  type VariableSymbol,
  walkExpression,
} from '@nestml/language';
import { dimensionless } from '@nestml/units';
import type { Reporter } from './reporter.ts';
import type { QuantityInput, ResolvedRun, ValueInput } from './request.ts';
import { fitQuantity, readQuantity } from './values.ts';

/** Binds names to parameters and initial states and converts their values to canonical units. */
export function resolveSettings(
  model: CheckedModel,
  settings: Readonly<Record<string, ValueInput>>,
  report: Reporter,
): ResolvedRun['values'] {
  const values = new Map<VariableSymbol, number | boolean | string | readonly number[]>();
  const settable = new Map(
    [...model.parameters, ...model.states].map((entry) => [entry.symbol.writtenName, entry.symbol]),
  );
  for (const [name, input] of Object.entries(settings)) {
    const symbol = settable.get(name);
    if (symbol === undefined) {
      reportUnsettable(model, name, [...settable.keys()], report);
      continue;
    }
    const value = resolveValue(symbol, input, report);
    if (value !== undefined) values.set(symbol, value);
  }
  return values;
}

function reportUnsettable(
  model: CheckedModel,
  name: string,
  known: readonly string[],
  report: Reporter,
): void {
  const internal = model.internals.find((entry) => entry.symbol.name === name);
  const inline = model.inlines.find((entry) => entry.symbol.name === name);
  const derived = internal ?? inline;
  if (derived === undefined) {
    report('unknown-variable', { name, model: model.name, suggestion: closestName(name, known), known });
    return;
  }
  const uses: string[] = [];
  walkExpression(derived.value, (part) => {
    if (part.kind === 'variable') uses.push(part.symbol.writtenName);
  });
  const role = internal === undefined ? 'an inline expression' : 'an internal';
  report('variable-not-settable', { name, role, uses: [...new Set(uses)] });
}

function resolveValue(
  symbol: VariableSymbol,
  input: ValueInput,
  report: Reporter,
): number | boolean | string | readonly number[] | undefined {
  const name = symbol.writtenName;
  if (typeof input === 'object') {
    if (symbol.size === undefined) {
      report('value-kind-mismatch', {
        name,
        found: `[${input.join(', ')}]`,
        expected: expectedOf(symbol.type),
      });
      return undefined;
    }
    const elements = input.map((element) => resolveNumber(symbol, element, report));
    return elements.every((element) => element !== undefined) ? elements : undefined;
  }
  switch (symbol.type.kind) {
    case 'boolean':
      if (typeof input === 'boolean') return input;
      break;
    case 'string':
      return String(input);
    default:
      if (typeof input !== 'boolean') return resolveNumber(symbol, input, report);
  }
  report('value-kind-mismatch', { name, found: String(input), expected: expectedOf(symbol.type) });
  return undefined;
}

function resolveNumber(symbol: VariableSymbol, input: QuantityInput, report: Reporter): number | undefined {
  const { type, writtenName } = symbol;
  const unit = type.kind === 'quantity' ? type.unit : dimensionless;
  const quantity = readQuantity(
    input,
    `the value of \`${writtenName}\``,
    `1${unit.text === '1' ? '' : ` ${unit.text}`}`,
    report,
  );
  if (quantity === undefined) return undefined;
  const value = fitQuantity(quantity, unit, writtenName, report);
  if (value === undefined || type.kind !== 'integer' || Number.isInteger(value)) return value;
  report('value-kind-mismatch', { name: writtenName, found: String(input), expected: expectedOf(type) });
  return undefined;
}

function expectedOf(type: ValueType): string {
  switch (type.kind) {
    case 'integer':
      return 'a whole number';
    case 'boolean':
      return '`true` or `false`';
    case 'quantity':
      return `a number with or without a unit, such as \`1 ${type.unit.text}\``;
    default:
      return 'a number';
  }
}
