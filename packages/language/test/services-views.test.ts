import { applyFix } from '@nestml/diagnostics';
import { describe, expect, test } from 'vitest';
import {
  codeActions,
  type DocumentSymbol,
  documentSymbols,
  fixAll,
  hover,
  inlayHints,
  semanticTokens,
} from '../src/services/index.ts';
import { analyseText, marked, modelTexts, offsetOf, sample } from './services-support.ts';

const file = analyseText(sample);

describe('document symbols', () => {
  const outline = (symbols: readonly DocumentSymbol[], depth = 0): readonly string[] =>
    symbols.flatMap(({ kind, name, detail, children }) => [
      `${' '.repeat(depth)}${kind} ${name}${detail === '' ? '' : `: ${detail}`}`,
      ...outline(children, depth + 1),
    ]);

  test('are models, blocks and what is declared', () => {
    expect(outline(documentSymbols(file.tree))).toEqual([
      'model sample_neuron',
      ' block state',
      '  state V_m: mV',
      '  state w: nS',
      '  state g: real',
      "  state g': 1/ms",
      '  state count: integer',
      ' block parameters',
      '  parameter E_L: mV',
      '  parameter C_m: pF',
      '  parameter tau_m: ms',
      '  parameter I_e: pA',
      ' block internals',
      '  internal h: ms',
      ' block equations',
      '  kernel K',
      '  inline I_syn: pA',
      "  equation V_m'",
      "  equation g''",
      ' block input',
      '  port spikes: spike',
      '  port I_stim: continuous',
      ' block output: spike',
      ' function half: mV',
      ' handler onReceive(spikes)',
      ' block update',
      ' handler onCondition(V_m > -50 mV)',
    ]);
  });

  test('a model above a broken line keeps its entries', () => {
    const broken = analyseText(sample.replace('C_m pF = 250 pF [[C_m > 0 pF]]', 'C_m pF = = ('));
    expect(outline(documentSymbols(broken.tree))).toEqual(expect.arrayContaining(['  parameter tau_m: ms']));
  });
});

describe('semantic tokens', () => {
  const typesAt = (piece: string) =>
    semanticTokens(file).find(({ span }) => span.start === offsetOf(file, piece));

  test.each([
    ['sample_neuron', 'class', ['declaration']],
    ['V_m mV', 'variable', ['declaration']],
    ['mV = E_L', 'type', []],
    ['integer = 0', 'type', []],
    ['E_L # Membrane', 'property', ['readonly']],
    ['spikes <-', 'event', ['declaration']],
    ['exp(-t', 'function', ['defaultLibrary']],
    ['x / 2', 'parameter', []],
    ['w +=', 'variable', ['modification']],
    ['V_m}', 'variable', []],
    ['"V_m is', 'string', []],
    ['# Membrane', 'comment', []],
    ['250', 'number', []],
    ['update:', 'keyword', []],
  ])('%s is a %s', (piece, type, modifiers) => {
    expect(typesAt(piece)).toMatchObject({ type, modifiers });
  });

  test('decorators are one colour', () => {
    const decorated = analyseText(
      'model a_neuron:\n    parameters:\n        x real = 1 @mechanism::channel\n',
    );
    const types = semanticTokens(decorated)
      .slice(-4)
      .map(({ type }) => type);
    expect(types).toEqual(['decorator', 'decorator', 'decorator', 'decorator']);
  });

  test('are in order, without overlaps, and on one line each', () => {
    for (const text of modelTexts().values()) {
      const analysed = analyseText(text);
      let done = 0;
      for (const { span } of semanticTokens(analysed)) {
        expect(span.start).toBeGreaterThanOrEqual(done);
        expect(span.end).toBeGreaterThan(span.start);
        expect(text.slice(span.start, span.end)).not.toContain('\n');
        done = span.end;
      }
    }
  });
});

describe('inlay hints', () => {
  const shown = (text: string) => {
    const analysed = analyseText(text);
    return inlayHints(analysed).map(({ offset, label }) => {
      const line = text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset).trim();
      return `${line} ⟨${label}⟩`;
    });
  };

  test('show the units of terms and of parentheses', () => {
    expect(shown(sample)).toEqual([
      'inline I_syn pA = convolve(K, spikes) * 1 pA ⟨pA⟩',
      'inline I_syn pA = convolve(K, spikes) * 1 pA + w * (E_L - V_m) ⟨mV⟩',
      'inline I_syn pA = convolve(K, spikes) * 1 pA + w * (E_L - V_m) ⟨nS*mV⟩',
      "V_m' = -(V_m - E_L) ⟨mV⟩",
      "V_m' = -(V_m - E_L) / tau_m ⟨mV/ms⟩",
      "V_m' = -(V_m - E_L) / tau_m + (I_syn + I_e + I_stim) ⟨pA⟩",
      "V_m' = -(V_m - E_L) / tau_m + (I_syn + I_e + I_stim) / C_m ⟨pA/pF⟩",
      "g'' = -g' / tau_m ⟨1/ms**2⟩",
      "g'' = -g' / tau_m - g / tau_m**2 ⟨1/ms**2⟩",
      'if V_m > half(E_L) ⟨mV⟩',
    ]);
  });

  test('show the type of a declaration that has none', () => {
    const text =
      'model a_neuron:\n    parameters:\n        E = -70 mV\n        x = 3\n    update:\n        y = 1\n';
    expect(shown(text)).toEqual(['E ⟨mV⟩', 'x ⟨integer⟩']);
  });

  test('can be limited to a piece of the text', () => {
    const start = offsetOf(file, 'if V_m');
    expect(inlayHints(file, { start, end: start + 30 })).toHaveLength(1);
  });
});

describe('code actions', () => {
  const text = sample.replace('max(limit', 'max(limt').replace('return y', 'retrun y');
  const broken = analyseText(text);

  test('are the fixes of the findings at a place', () => {
    const start = offsetOf(broken, 'limt');
    const actions = codeActions(broken, { start, end: start });
    const [first] = actions;
    expect(first).toMatchObject({ kind: 'quickfix', isPreferred: true });
    expect(applyFix(broken.source, first!)).toContain('max(limit, V_m)');
    expect(codeActions(broken, { start: 0, end: 3 })).toEqual([]);
  });

  test('offer all certain fixes at once', () => {
    const all = fixAll(broken.diagnostics);
    const after = analyseText(applyFix(broken.source, all));
    expect(all.diagnostics.length).toBeGreaterThan(1);
    expect(after.source.text).toContain('0 / 1 ms');
    expect(after.source.text).toContain('max(limit');
    expect(after.diagnostics.length).toBeLessThan(broken.diagnostics.length);
  });
});

test('derivatives, kernels and vectors are shown with their types', () => {
  const { file, at } = marked(
    "model three_neuron:\n    state:\n        x mV = 0 mV\n        a[3] real = 0\n        K real = 1\n    equations:\n        |x' = -x / ms\n        kernel |K' = -K / ms\n    input:\n        exc <- spike\n    update:\n        integrate_odes()\n        |a[0] = 1\n",
  );
  expect(at.map((offset) => hover(file, offset)?.signature)).toEqual([
    "state x' mV/ms",
    expect.stringContaining('kernel K'),
    'state a[3] real = 0',
  ]);
});
