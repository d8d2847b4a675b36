import { describe, expect, test } from 'vitest';
import { tokenize } from '../../src/index.ts';
import { completion, definition, documentSymbols, hover, references } from '../../src/services/index.ts';
import { analyseText, modelTexts } from '../services-support.ts';
import { createRandom } from './random.ts';

/**
 * A model with a range of tokens of one line deleted, and the name of a state and its declaration, which stand on other lines. Undefined if the model has
 * none.
 */
function damage(text: string, seed: number) {
  const random = createRandom(seed);
  const intact = analyseText(text);
  const words = tokenize(intact.source).filter(
    ({ kind, start, end }) =>
      start < end && !['whitespace', 'comment', 'newline', 'blank-line-end'].includes(kind),
  );
  const first = random.below(words.length);
  const { start } = words[first]!;
  const lineEnd = text.indexOf('\n', start);
  const rest = words.slice(first, first + 1 + random.below(5)).filter((word) => word.start < lineEnd);
  const { end } = rest.at(-1)!;
  const broken = analyseText(text.slice(0, start) + text.slice(end));
  const lineOf = (offset: number) => text.slice(0, offset).split('\n').length;
  const line = lineOf(start);
  const candidates = intact.index.occurrences.filter(
    ({ definition: { kind, declarations }, access, span }) => {
      const places = [span.start, ...declarations.map((place) => place.span.start)];
      return access !== 'declaration' && kind === 'state' && places.every((place) => lineOf(place) !== line);
    },
  );
  const use = candidates.length === 0 ? undefined : random.pick(candidates);
  const shift = (offset: number) => (offset < start ? offset : offset - (end - start));
  return { broken, start, use, shift, deleted: text.slice(start, end), line };
}

/** Words whose loss takes a whole block or model with them. */
const heads =
  /^\s*(model|state|parameters|internals|equations|input|output|update|function|onReceive|onCondition|if|elif|else|for|while)\b/;

describe('a library model without some tokens of one line', () => {
  const library = [...modelTexts()];

  test('does not stop any service, and names elsewhere are answered as before', () => {
    let answered = 0;
    for (const [name, text] of library) {
      for (let seed = 1; seed <= 2; seed += 1) {
        const { broken, start, use, shift, line, deleted } = damage(text, seed * 1000 + name.length);
        hover(broken, start);
        references(broken, start);
        completion(broken, start);
        documentSymbols(broken.tree);
        const isHead = heads.test(text.split('\n')[line - 1]!);
        if (use === undefined || isHead) continue;
        const where = `${name} without ${JSON.stringify(deleted)} in line ${line}`;
        const shown = hover(broken, shift(use.span.start));
        expect(shown, where).toBeDefined();
        const places = definition(broken, shift(use.span.start)).map(({ selection }) => selection.start);
        const declared = use.definition.declarations.map(({ span }) => shift(span.start));
        expect(declared, where).toEqual(expect.arrayContaining(places));
        expect(places.length, where).toBeGreaterThan(0);
        answered += 1;
      }
    }
    expect(answered).toBeGreaterThan(40);
  });

  test('while a line is being typed, every prefix of it leaves the names of other lines known', () => {
    const [, text] = library.find(([name]) => name.includes('iaf_psc_exp_neuron'))!;
    const line = "        V_m' = -(V_m - E_L) / tau_m + (I_syn + I_e + I_stim) / C_m";
    const at = text.indexOf(line);
    for (let length = 0; length <= line.length; length += 1) {
      const typed = analyseText(text.slice(0, at) + line.slice(0, length) + text.slice(at + line.length));
      const use = typed.source.text.indexOf('tau_syn_inh\n');
      expect(hover(typed, use)?.signature, line.slice(0, length)).toBe('parameter tau_syn_inh ms = 2 ms');
      expect(definition(typed, use)).toHaveLength(1);
      completion(typed, at + length);
    }
  });

  test('a block without its colon keeps what is in it', () => {
    for (const [name, text] of library) {
      const without = analyseText(text.replace('parameters:', 'parameters'));
      const parameters = documentSymbols(without.tree)[0]?.children.find(
        (block) => block.name === 'parameters',
      );
      expect(parameters?.children.length ?? 0, name).toBe(
        documentSymbols(analyseText(text).tree)[0]!.children.find((block) => block.name === 'parameters')
          ?.children.length ?? 0,
      );
    }
  });
});
