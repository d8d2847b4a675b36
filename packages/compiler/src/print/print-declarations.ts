import type { FunctionDefinition } from '../ir/functions.ts';
import type { Declaration, ModelPort } from '../ir/model.ts';
import type { ModelVariable } from '../ir/variables.ts';
import { block } from './lines.ts';
import { print, printStatements, printType, type VariantWriter } from './print-statements.ts';

/** What a model and a solved model have in common. */
interface Declared {
  readonly states: readonly Declaration[];
  readonly parameters: readonly Declaration[];
  readonly internals: readonly Declaration[];
  readonly ports: readonly ModelPort[];
  readonly output: 'spike' | 'continuous' | 'none';
  readonly functions: readonly FunctionDefinition[];
}

/** The blocks `state`, `parameters`, `internals`. `notes` gives comments by state. */
export function printDeclarations(
  { states, parameters, internals }: Declared,
  notes: (state: ModelVariable) => readonly string[] = () => [],
): readonly (readonly string[])[] {
  return [
    block(
      'state',
      states.flatMap((declaration) => [
        ...notes(declaration.variable).map((note) => `# ${note}`),
        printDeclaration(declaration),
      ]),
    ),
    block('parameters', parameters.map(printDeclaration)),
    block('internals', internals.map(printDeclaration)),
  ];
}

function printDeclaration({ variable, value, guard }: Declaration): string {
  const condition = guard === undefined ? '' : ` [[${print(guard.condition)}]]`;
  return `${variable.name}${printSize(variable)} ${printType(variable)} = ${print(value)}${condition}`;
}

function printSize({ size }: ModelVariable): string {
  return size === undefined ? '' : `[${print(size)}]`;
}

/** The blocks `input` and `output`. */
export function printPorts({ ports, output }: Declared): readonly (readonly string[])[] {
  const lines = ports.map(({ variable, qualifier }) => {
    const kind = variable.role === 'spikePort' ? 'spike' : 'continuous';
    const type = variable.role === 'spikePort' ? '' : ` ${printType(variable)}`;
    const words = qualifier === undefined ? kind : `${qualifier} ${kind}`;
    return `${variable.name}${printSize(variable)}${type} <- ${words}`;
  });
  return [block('input', lines), block('output', output === 'none' ? [] : [output])];
}

/** The functions with their bodies. */
export function printFunctions(
  { functions }: Declared,
  variant: VariantWriter,
): readonly (readonly string[])[] {
  return functions.map(({ function: { name, parameters, hasValue, value }, body }) => {
    const list = parameters.map((parameter) => `${parameter.name} ${printType(parameter)}`).join(', ');
    const result = hasValue ? ` ${value === 'boolean' ? 'boolean' : 'real'}` : '';
    return block(`function ${name}(${list})${result}`, printStatements(body, variant));
  });
}
