import type { Span } from '@nestml/diagnostics';
import { dimensionless, type Unit } from '@nestml/units';
import type { ModelVariable, VariableRole } from './variables.ts';

/** A variable that no declaration of the model makes: a scalar number. */
export function createVariable(
  role: VariableRole,
  name: string,
  span: Span,
  unit: Unit = dimensionless,
): ModelVariable {
  return { role, name, writtenName: name, value: 'number', isInteger: false, unit, span };
}
