import { readdirSync, readFileSync } from 'node:fs';
import type { Diagnostic } from '@nestml/diagnostics';
import { describe, expect, it } from 'vitest';
import { lowerModel, passes, printModel, printSolvedModel } from '../../src/index.ts';
import { runPasses } from '../../src/passes/compile-model.ts';
import { checkedModel, solvedModel } from '../models.ts';

const folder = import.meta.dirname;
const names = readdirSync(folder)
  .filter((file) => file.endsWith('.nestml') && !file.endsWith('.after.nestml'))
  .map((file) => file.replace(/\.nestml$/, ''));

/** The model after the pass that the file is named after, with the passes before it. */
function printAfter(name: string, text: string): string {
  const checked = checkedModel(text);
  if (name === 'solve') return printSolvedModel(solvedModel(checked));
  const { model } = lowerModel(checked);
  const last = passes.findIndex((pass) => pass.name === name);
  if (model === undefined || last < 0) throw new Error(`no pass ${name}`);
  const diagnostics: Diagnostic[] = [];
  const result = runPasses(model, diagnostics, passes.slice(0, last + 1));
  expect(diagnostics).toEqual([]);
  return printModel(result);
}

describe('each pass, as text before and after it', () => {
  it('has an example', () => {
    expect(names.toSorted()).toEqual([...passes.map(({ name }) => name), 'solve'].toSorted());
  });

  it.each(names)('%s', async (name) => {
    const text = readFileSync(`${folder}/${name}.nestml`, 'utf8');
    await expect(printAfter(name, text)).toMatchFileSnapshot(`${folder}/${name}.after.nestml`);
  });
});
