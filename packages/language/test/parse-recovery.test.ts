import { describe, expect, test } from 'vitest';
import { parse } from '../src/index.ts';
import { applyFix, findings, neuron, parseText, source, withBlock, withUpdate } from './parse-helpers.ts';

/** The kinds and, where there is one, the names of the blocks of the first model. */
function blocksOf(text: string): string[] {
  return parseText(text).models[0]?.blocks.map(({ kind }) => kind) ?? [];
}

const neuronBlocks = blocksOf(neuron);

test('a word of the language declared as a name is not reported again where it is used', () => {
  const text = neuron.replaceAll('theta', 'step');
  expect(findings(parseText(text))).toEqual(['13:9 keyword-as-name']);
});

test('a type of a spike port goes with the blank before it, and the qualifier stays in the message', () => {
  const text = neuron.replace('exc <- excitatory spike', 'exc nS <- excitatory spike');
  const tree = parseText(text);
  expect(findings(tree)).toEqual(['21:13 old-syntax']);
  expect(tree.diagnostics[0]!.message).toContain('`exc <- excitatory spike`');
  expect(applyFix(text, tree.diagnostics)).toBe(neuron);
});

describe('the head of a model', () => {
  test('that is missing above indented blocks is named', () => {
    const text = neuron.slice(neuron.indexOf('    state:'));
    const tree = parseText(text);
    expect(findings(tree)).toEqual(['1:5 missing-model']);
    expect(tree.models[0]!.blocks.map(({ kind }) => kind)).toEqual(neuronBlocks);
  });

  test('a block by another usual name is read as that block', () => {
    const text = neuron.replace('parameters:', 'params:');
    const tree = parseText(text);
    expect(findings(tree)).toEqual(['11:5 unknown-block']);
    expect(applyFix(text, tree.diagnostics)).toBe(neuron);
    expect(blocksOf(text)).toEqual(neuronBlocks);
  });
});

describe('one edit of a correct model', () => {
  test.each<[string, string, string, string]>([
    ['a missing operand', '-(V_m - E_L) / tau +', '-(V_m - ) / tau +', '9:24 missing-expression'],
    ['a missing value', 'E_L mV = -65 mV', 'E_L mV =', '12:17 missing-expression'],
    ['a missing type', 'tau ms = 15 ms', 'tau = 15 ms', '15:12 missing-type'],
    ['a missing colon of a block', 'parameters:', 'parameters', '11:15 missing-colon'],
    ['a missing colon of a model', 'model tiny_lif_neuron:', 'model tiny_lif_neuron', '2:22 missing-colon'],
    ['a missing colon of a statement', 'if r > 0 ms:', 'if r > 0 ms', '27:20 missing-colon'],
    ['a missing colon behind parentheses', 'V_m >= theta):', 'V_m >= theta)', '31:44 missing-colon'],
    ['an unclosed parenthesis', 'exp(-t / tau_s)', 'exp(-t / tau_s', '7:23 unclosed-bracket'],
    ['an unclosed parenthesis of a head', 'V_m >= theta):', 'V_m >= theta:', '31:16 unclosed-bracket'],
    ['an unclosed guard', '[[C > 0 pF]]', '[[C > 0 pF', '14:23 unclosed-bracket'],
    ['a half-closed guard', '[[C > 0 pF]]', '[[C > 0 pF]', '14:23 unclosed-bracket'],
    ['a parenthesis too many', 'integrate_odes(r)', 'integrate_odes(r))', '28:30 unopened-bracket'],
    ['a misspelt block', 'parameters:', 'paramters:', '11:5 unknown-block'],
    ['a block in wrong case', 'onCondition(', 'OnCondition(', '31:5 unknown-block'],
    ['a misspelt statement', 'if r > 0 ms:', 'iff r > 0 ms:', '27:9 unknown-statement'],
    ['a misspelt model', 'model tiny', 'modle tiny', '2:1 unknown-top-level'],
    ['a model without its word', 'model tiny_lif_neuron:', 'tiny_lif_neuron:', '2:1 unknown-top-level'],
    ['a model without name', 'model tiny_lif_neuron:', 'model:', '2:6 unexpected-token'],
    ['a half-typed name', 'r = r_max', 'r_', '32:9 incomplete-statement'],
    ['a word of the language as a name', 'theta mV = -50 mV', 'step mV = -50 mV', '13:9 keyword-as-name'],
    ['a word of the language assigned to', 'r = r_max', 'step = r_max', '32:9 keyword-as-name'],
    ['a word of the language as a port', 'exc <- excitatory spike', 'input <- spike', '21:9 keyword-as-name'],
    ['a word of the language with an equation', "r' = -1", "state' = -1", '10:9 keyword-as-name'],
    ['a junk character', 'tau ms = 15 ms', 'tau ms = 15 § ms', '15:21 invalid-characters'],
    ['a typographic minus', '-65 mV', '−65 mV', '12:18 invalid-characters'],
    ['a missing operator', 'tau ms = 15 ms', 'tau ms = r_max 15 ms', '15:24 missing-operator'],
    ['a missing arrow', 'exc <- excitatory spike', 'exc excitatory spike', '21:13 missing-arrow'],
    ['a misspelt signal', 'I_ext pA <- continuous', 'I_ext pA <- continous', '23:21 unexpected-signal'],
    ['a continuous port without unit', 'I_ext pA <- continuous', 'I_ext <- continuous', '23:14 missing-type'],
    ['a missing inline', 'inline I_syn pA', 'I_syn pA', '8:9 missing-inline'],
    ['an equals sign in a condition', 'if r > 0 ms:', 'if r = 0 ms:', '27:14 single-equals'],
    ['else if', 'else:', 'else if r < 0 ms:', '29:9 foreign-notation'],
    ['a misspelt else', 'else:', 'esle:', '29:9 unknown-statement'],
    ['two statements on a line', 'r = r_max', 'r = r_max; V_m = E_L', '32:18 foreign-notation'],
    ['a second assignment', 'r = r_max', 'r = V_m = E_L', '32:17 unexpected-token'],
    ['a deeper line', '        tau_s ms', '            tau_s ms', '16:13 unexpected-indentation'],
    ['an empty block', '        unit pA = 1 pA\n', '', '18:14 empty-block'],
    [
      'a body on the line of its head',
      'output:\n        spike',
      'output: spike',
      '24:13 content-behind-colon',
    ],
    ['a second output', '        spike\n', '        spike\n        spike\n', '26:9 second-output'],
    ['an assignment among declarations', 'E_L mV = -65 mV', 'E_L += 1 mV', '12:9 misplaced-line'],
    ['a statement among equations', "r' = -1", 'if r > 0 ms:\n            r = 1', '10:9 misplaced-line'],
    ['an equation among declarations', 'E_L mV = -65 mV', "E_L' = 1", '12:9 misplaced-line'],
    [
      'a declaration directly in the model',
      '    parameters:\n',
      '    x real = 1\n    parameters:\n',
      '11:5 misplaced-line',
    ],
    [
      'a loop directly in the model',
      '    parameters:\n',
      '    while a:\n        x = 1\n    parameters:\n',
      '11:5 misplaced-line',
    ],
  ])('%s gives one finding', (_, original, edited, expected) => {
    const text = neuron.replace(original, edited);
    expect(text).not.toBe(neuron);
    const tree = parseText(text);
    expect(findings(tree)).toEqual([expected]);
    expect(tree.models).toHaveLength(1);
    expect(blocksOf(text)).toEqual(neuronBlocks);
  });

  test('an unknown block loses only itself', () => {
    const text = neuron.replace('    internals:', '    wizardry:');
    expect(findings(parseText(text))).toEqual(['18:5 unknown-block']);
    expect(blocksOf(text)).toEqual(neuronBlocks.filter((kind) => kind !== 'internals'));
  });

  test('a wrong line loses only itself', () => {
    const tree = parseText(withBlock('parameters', 'a real = 1', 'b + = 3', 'c real = 2'));
    const [block] = tree.models[0]!.blocks;
    const names =
      block?.kind === 'parameters' ? block.declarations.map(({ variables }) => variables[0]!.name.text) : [];
    expect(names).toEqual(expect.arrayContaining(['a', 'c']));
    expect(tree.diagnostics).toHaveLength(1);
  });
});

describe('several mistakes', () => {
  test('five mistakes give five findings at the right places', () => {
    const text = neuron
      .replace('    state:', '    stat:')
      .replace("r' = -1", "r' = ")
      .replace('tau ms = 15 ms', 'tau ms = (15 ms')
      .replace('inh <-', 'inh <')
      .replace('        emit_spike()', '        emit_spike(');
    expect(findings(parseText(text))).toEqual([
      ...[
        '3:5 unknown-block',
        '10:13 missing-expression',
        '15:18 unclosed-bracket',
        '22:13 missing-arrow',
        '34:20 missing-expression',
      ],
    ]);
    expect(blocksOf(text)).toEqual(neuronBlocks);
  });

  test('two mistakes on one line give the first only', () => {
    expect(findings(parseText(withUpdate('x = 1 + + * 2 ) ('))).length).toBe(1);
  });

  test('a skipped statement takes its branches and lines with it', () => {
    const text = withUpdate(
      'unless x > 0:',
      '    x = = 1',
      '    y',
      'elif x < 0:',
      '    y',
      'else:',
      '    x = = 1',
      'x = 2',
    );
    expect(findings(parseText(text))).toEqual(['5:9 unknown-statement']);
  });
});

describe('layout', () => {
  test('blocks that are not indented are read all the same', () => {
    const text = 'model m:\nstate:\nx real = 0\nupdate:\nx = 1\nx = 2\n';
    const tree = parseText(text);
    expect(findings(tree)).toEqual([
      '2:1 missing-indentation',
      '3:1 missing-indentation',
      '5:1 missing-indentation',
    ]);
    expect(blocksOf(text)).toEqual(['state', 'update']);
  });

  test('a block inside another block is kept', () => {
    const text = withBlock('state', 'x real = 0', 'parameters:', '    a real = 1', 'y real = 0');
    expect(findings(parseText(text))).toEqual(['4:9 misplaced-block']);
    expect(blocksOf(text)).toEqual(['state', 'parameters']);
  });

  test('an inconsistent dedent is a lint, once per run, and loses nothing', () => {
    const text = withBlock('state', 'x real = 0', 'y real = 0')
      .replace('        y', '       y')
      .concat('       z real = 0\n');
    const tree = parseText(text);
    expect(findings(tree)).toEqual(['4:1 inconsistent-indentation']);
    expect(tree.models[0]!.blocks).toMatchObject([{ declarations: [{}, {}, {}] }]);
    expect(findings(parseText(applyFix(text, tree.diagnostics)))).toEqual(['5:1 inconsistent-indentation']);
  });

  test('a block keyword at an odd column stays a block of the model', () => {
    const text = 'model m:\n      state:\n            x real = 0\n  parameters:\n            a real = 1\n';
    expect(findings(parseText(text))).toEqual(['4:1 inconsistent-indentation']);
    expect(blocksOf(text)).toEqual(['state', 'parameters']);
  });

  test('tabs and blanks mixed give one lint per file', () => {
    const text =
      'model m:\n\tstate:\n\t\tx real = 0\n                y real = 0\n                z real = 0\n';
    expect(findings(parseText(text))).toEqual(['4:1 mixed-indentation']);
  });

  test('a file that is indented as a whole gives one error', () => {
    const text = neuron.replaceAll(/^(?=.)/gm, '  ');
    expect(findings(parseText(text))).toEqual(['2:3 unexpected-indentation']);
    expect(blocksOf(text)).toEqual(neuronBlocks);
  });
});

describe('outside of models', () => {
  test.each(['', '\n\n', '# only a comment', '\\\n'])('%j is an empty file', (text) => {
    expect(findings(parseText(text))).toEqual(['1:1 empty-file']);
  });

  test('a byte-order mark is no text', () => {
    expect(findings(parse(source(`\ufeff${neuron}`)))).toEqual([]);
  });

  test('text before, between and behind models is reported once per run', () => {
    const text = `A neuron\n  of mine:\n\nand more\n${neuron}x = 1\ny = 2\n${neuron}the end`;
    expect(findings(parseText(text))).toEqual([
      '1:1 text-outside-model',
      '39:1 text-outside-model',
      '75:1 text-outside-model',
    ]);
    expect(parseText(text).models).toHaveLength(2);
  });

  test('blocks without a model are read, with one error for the missing line', () => {
    const text = 'state:\n    x real = 0\nupdate:\n    x = 1\n';
    expect(findings(parseText(text))).toEqual(['1:1 missing-model']);
    expect(blocksOf(text)).toEqual(['state', 'update']);
  });
});

describe('syntax of old versions', () => {
  const message = (text: string): string[] =>
    parseText(text).diagnostics.map((diagnostic) => diagnostic.message);

  test('a model closed by `end` gives one error that names the versions', () => {
    const text =
      'neuron m:\n  state:\n    x real\n  end\n  input:\n    a <- spike\n  end\n  output: spike\nend\n';
    expect(findings(parseText(text))).toEqual(['1:1 old-syntax']);
    expect(message(text)[0]).toMatch(/up to 5\.2.*`model m:`/);
  });

  test('models behind it are read', () => {
    const tree = parseText(`synapse s:\n  state:\n    x real\n  end\nend\n${neuron}`);
    expect(findings(tree)).toEqual(['1:1 old-syntax']);
    expect(tree.models.map(({ name }) => name.text)).toEqual(['tiny_lif_neuron']);
  });

  test('an indented `neuron` is read as a model', () => {
    const text = neuron.replace('model ', 'neuron ');
    const { diagnostics } = parseText(text);
    expect(findings(parseText(text))).toEqual(['2:1 old-syntax']);
    expect(message(text)[0]).toMatch(/5\.3 to 7\.0/);
    expect(blocksOf(text)).toEqual(neuronBlocks);
    expect(applyFix(text, diagnostics)).toBe(neuron);
  });

  test('`end` in a model of today is reported once', () => {
    const text =
      'model m:\n    state:\n        x real = 0\n    end\n    parameters:\n        a real = 1\n    end\nend\n';
    expect(findings(parseText(text))).toEqual(['4:5 old-syntax']);
    expect(blocksOf(text)).toEqual(['state', 'parameters']);
  });

  test.each([
    ['equations', 'shape K = exp(-t / tau)', 'kernel K = exp(-t / tau)'],
    ['equations', 'function I pA = 3 pA', 'inline I pA = 3 pA'],
    ['equations', 'recordable function I pA = 3 pA', 'recordable inline I pA = 3 pA'],
    ['equations', 'alias I pA = 3 pA', 'inline I pA = 3 pA'],
    ['input', 'I pA <- current', 'I pA <- continuous'],
    ['input', 'p pA <- spike', 'p <- spike'],
    ['output', 'spike(weight real, delay ms)', 'spike'],
  ])('in %s, %s is repaired to %s', (head, old, today) => {
    const text = withBlock(head, old);
    const tree = parseText(text);
    expect(findings(tree).map((finding) => finding.split(' ')[1])).toEqual(['old-syntax']);
    expect(applyFix(text, tree.diagnostics)).toBe(withBlock(head, today));
    expect(findings(parseText(withBlock(head, today)))).toEqual([]);
  });

  test('`initial_values` is read as `state`', () => {
    expect(findings(parseText(withBlock('initial_values', 'x real = 0')))).toEqual(['2:5 old-syntax']);
    expect(blocksOf(withBlock('initial_values', 'x real = 0'))).toEqual(['state']);
  });

  test.each(['"""\nA neuron.\nOf mine\n"""', '/* A neuron\n of mine */'])(
    'the comment %j gives one error',
    (comment) => {
      expect(findings(parseText(`${comment}\n${neuron}`))).toEqual(['1:1 old-syntax']);
      expect(blocksOf(`${comment}\n${neuron}`)).toEqual(neuronBlocks);
    },
  );
});

describe('fixes', () => {
  test.each([
    [neuron.replace('parameters:', 'parameters'), neuron],
    [neuron.replace('if r > 0 ms:', 'if r > 0 ms'), neuron],
    [neuron.replace('parameters:', 'paramters:'), neuron],
    [neuron.replace('model tiny', 'modle tiny'), neuron],
    [neuron.replace('model tiny', 'tiny'), neuron],
    [neuron.replace('exp(-t / tau_s)', 'exp(-t / tau_s'), neuron],
    [neuron.replace('-65 mV', '−65 mV'), neuron],
    [neuron.replace('exc <-', 'exc'), neuron],
    [neuron.replace('inline I_syn', 'I_syn'), neuron],
    [withUpdate('println("x)'), withUpdate('println("x)"').replace('"x)""', '"x)"')],
    [withUpdate('if x = 1:', '    x = 2'), withUpdate('if x == 1:', '    x = 2')],
    [withUpdate('for i in 0 ... 5:', '    x = 2'), withUpdate('for i in 0 ... 5 step 1:', '    x = 2')],
    [withUpdate('x = x && x || x'), withUpdate('x = x and x || x')],
    [withUpdate('x = 2 (x + 1)'), withUpdate('x = 2 * (x + 1)')],
  ])('the first fix of %j', (broken, repaired) => {
    expect(applyFix(broken, parseText(broken).diagnostics)).toBe(repaired);
  });
});
