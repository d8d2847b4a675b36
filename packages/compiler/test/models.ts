import { readFileSync } from 'node:fs';
import { createSourceFile } from '@nestml/diagnostics';
import { type CheckedModel, check, parse } from '@nestml/language';
import { type SolvedModel, type SolverChoice, solveModel } from '../src/index.ts';

/** The only model in a text that must be free of errors. */
export function checkedModel(text: string): CheckedModel {
  const { models, diagnostics } = check(parse(createSourceFile('test.nestml', text)));
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  if (errors.length > 0) throw new Error(errors.map(({ code, message }) => `${code}: ${message}`).join('\n'));
  const [model] = models;
  if (model === undefined) throw new Error('no model was found');
  return model;
}

/** The solved form of a model that must be accepted. */
export function solvedModel(checked: CheckedModel, solver: SolverChoice = 'auto'): SolvedModel {
  const { model, diagnostics } = solveModel(checked, { solver });
  if (model === undefined) throw new Error(diagnostics.map(({ message }) => message).join('\n'));
  return model;
}

/** A neuron of the library, such as `iaf_psc_alpha`. */
export function libraryModel(name: string): CheckedModel {
  const file = new URL(`../../../models/neurons/${name}_neuron.nestml`, import.meta.url);
  return checkedModel(readFileSync(file, 'utf8'));
}
