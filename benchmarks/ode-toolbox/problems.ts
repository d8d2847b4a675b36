// Problems in the JSON form of ODE-toolbox: the equations of the library, and a membrane with alpha-shaped receptors.
import { lowerModel, type Model, type ModelVariable, passes, printForPython } from '@nestml/compiler';
import { createSourceFile } from '@nestml/diagnostics';
import { type ExpressionNode, type ExpressionSymbol, nodesBelow, substitute } from '@nestml/dynamics';
import { check, parse } from '@nestml/language';
import { findLibraryFile, listLibrary } from '@nestml/workbench';

/** One problem as text. */
export interface Problem {
  readonly name: string;
  readonly text: string;
}

/** V′ = … with n currents t exp(−t/τᵢ), all time constants different. */
export function receptors(count: number): Problem {
  const numbers = Array.from({ length: count }, (_, i) => i + 1);
  const dynamics = [
    ...numbers.map((i) => ({ expression: `I_${i} = e/tau_${i}*t*exp(-t/tau_${i})` })),
    {
      expression: `V' = -(V - E_L)/tau_m + (${numbers.map((i) => `I_${i}`).join(' + ')} + I_e)/C`,
      initial_value: 'E_L',
    },
  ];
  const constants = Object.fromEntries(numbers.map((i) => [`tau_${i}`, String(i)]));
  const parameters = { tau_m: '10', C: '250', E_L: '-70', I_e: '3', ...constants };
  return { name: `${count} alpha receptors`, text: JSON.stringify({ dynamics, parameters }) };
}

/** The neurons of the library that have equations: states of order 1, convolutions as states. */
export function libraryProblems(): readonly Problem[] {
  return listLibrary().flatMap(({ name }) => {
    const model = loweredModel(name);
    return model === undefined || model.equations.length === 0 ? [] : [{ name, text: problemOf(model) }];
  });
}

function loweredModel(name: string): Model | undefined {
  const file = findLibraryFile(name);
  const [checked] = check(parse(createSourceFile(name, file?.text ?? ''))).models;
  if (checked?.kind !== 'neuron') return undefined;
  const { model } = lowerModel(checked);
  return model === undefined
    ? undefined
    : passes.reduce((before, pass) => pass.run(before, () => undefined), model);
}

function problemOf(model: Model): string {
  const { pool } = model;
  const rows = [
    ...model.equations.map(({ states, value }) => ({ state: states[0]!, value, initial: '0' })),
    ...model.convolutions.flatMap(({ states, derivatives }) =>
      states.map((state, i) => ({ state, value: derivatives[i]!, initial: '1' })),
    ),
  ];
  const names = createNames();
  const write = (node: ExpressionNode): string => {
    const read = nodesBelow([node]).flatMap((part) => (part.kind === 'symbol' ? [part.symbol] : []));
    const renamed = new Map(
      read.map((symbol) => {
        const number = pool.symbol(names(symbol));
        // ODE-toolbox has no truth values.
        return [symbol, symbol.value === 'boolean' ? pool.compare(number, '>', pool.constant(0)) : number];
      }),
    );
    const [root] = substitute(pool, [node], renamed);
    return printForPython({ pool, taken: new Set() }, [root!]).get(root!)!;
  };
  const dynamics = rows.map(({ state, value, initial }) => ({
    expression: `${names(state).name}' = ${write(value)}`,
    initial_value: initial,
  }));
  return JSON.stringify({ dynamics, parameters: parametersOf(model, rows, names) });
}

/** Letters, digits and `_`, each name once. */
function createNames(): (symbol: ExpressionSymbol) => ExpressionSymbol {
  const known = new Map<ExpressionSymbol, ExpressionSymbol>();
  return (symbol) => {
    const plain = symbol.name.replaceAll("'", '__p').replaceAll(/\W+/g, '_').replace(/_$/, '');
    const found = known.get(symbol) ?? { name: plain, value: 'number' };
    known.set(symbol, found);
    return found;
  };
}

/** A number for each parameter and internal that the equations read: that is all that the form of the answer depends on. */
function parametersOf(
  model: Model,
  rows: readonly { readonly state: ModelVariable; readonly value: ExpressionNode }[],
  names: (symbol: ExpressionSymbol) => ExpressionSymbol,
): Readonly<Record<string, string>> {
  const read = new Set(
    nodesBelow(rows.map(({ value }) => value)).flatMap((node) =>
      node.kind === 'symbol' ? [node.symbol] : [],
    ),
  );
  const declared = [...model.parameters, ...model.internals].map(({ variable }) => variable);
  const chosen = declared.filter((variable) => read.has(variable));
  return Object.fromEntries(chosen.map((variable, i) => [names(variable).name, String(1.5 + i)]));
}
