import { applyFix } from '@nestml/diagnostics';
import { describe, expect, it } from 'vitest';
import { rules } from '../src/check/rules/index.ts';
import { checkMessages } from '../src/messages/check-messages.ts';
import { checkText } from './check-support.ts';

/** A neuron with two equations, one of which receives pulses. */
function neuron(update: readonly string[], more = ''): string {
  const lines = update.map((line) => `        ${line}`).join('\n');
  return `model test_neuron:
    state:
        x real = 1
        r ms = 0 ms
        n integer = 0
    equations:
        kernel D = delta(t)
        inline input 1/ms = convolve(D, spikes) / 1 ms
        x' = -x / tau + input
        r' = -1
    parameters:
        tau ms = 10 ms
    input:
        spikes <- spike
    output:
        spike
    update:
${lines}
${more}`
    .replaceAll('input 1/ms', 'drive 1/ms')
    .replace('+ input', '+ drive');
}

const codes = (text: string) => checkText(text).diagnostics.map(({ code }) => code);

describe('a rule', () => {
  it.each(rules.flatMap(({ name, codes: own }) => own.map((code) => ({ name, code }))))(
    'has a model that breaks it and one that keeps it: $name, $code',
    ({ code }) => {
      const { page } = checkMessages[code];
      expect(codes(page.failing.model ?? '')).toContain(code);
      expect(codes(page.repaired.model ?? '')).not.toContain(code);
    },
  );
});

describe('integration in update', () => {
  it.each([
    [['integrate_odes()'], []],
    [['integrate_odes(x)', 'integrate_odes(r)'], []],
    [['integrate_odes(x, r)', 'integrate_odes(x)'], ['repeated-integration']],
    [['if r > 0 ms:', '    integrate_odes(r)', 'else:', '    integrate_odes(x, r)'], ['pulses-discarded']],
    [['if r > 0 ms:', '    integrate_odes()', 'else:', '    integrate_odes()'], []],
    [['if r > 0 ms:', '    integrate_odes(x)', 'integrate_odes(r)'], ['pulses-discarded']],
    [['if r > 0 ms:', '    integrate_odes()', 'integrate_odes()'], []],
    [['integrate_odes()', 'if r > 0 ms:', '    integrate_odes(r)'], ['repeated-integration']],
    [['integrate_odes(r)'], ['never-integrated']],
    [['integrate_odes(x)'], ['never-integrated']],
    [['integrate_odes()', 'x = 2'], ['overwritten-integration']],
    [['integrate_odes()', 'x = max(0, x)'], []],
    [['integrate_odes()', 'n += x > 1 ? 1 : 0', 'x = 2'], []],
    [['integrate_odes()', 'n = 3', 'x = 2'], ['overwritten-integration']],
    [['integrate_odes()', 'if r > 0 ms:', '    x = 2'], []],
    [['x = 2', 'integrate_odes()'], []],
  ])('is doubted where it is wrong: %j', (update, expected) => {
    expect(codes(neuron(update))).toEqual(expected);
  });

  it('is doubted in a model without error only', () => {
    expect(codes(neuron(['integrate_odes()', 'x = y']))).toEqual(['undefined-name']);
  });
});

describe('pulses', () => {
  const handler = (line: string) => `    onReceive(spikes):\n        ${line}\n`;

  it('are delivered twice if a handler of their port changes the variable too', () => {
    expect(codes(neuron(['integrate_odes()'], handler('x += 1')))).toEqual(['double-delivery']);
    expect(codes(neuron(['integrate_odes()'], handler('n += 1')))).toEqual([]);
  });
});

describe('the guard of a default', () => {
  const parameters = (...lines: readonly string[]) =>
    `model test_neuron:\n    parameters:\n${lines.map((line) => `        ${line}\n`).join('')}    input:\n        p <- spike\n    output:\n        spike\n`;

  it.each([
    [['a mV = -1 mV [[a > 0 mV]]'], true],
    [['a mV = -1 mV [[a > -1 V]]'], false],
    [['a mV = b [[a < b]]', 'b mV = 1 mV'], true],
    [['a mV = b [[a <= b and b > 0 mV]]', 'b mV = 1 mV'], false],
    [['a real = 2 ** 0.5 [[a * a > 3 or not (a > 1)]]'], true],
    [['a ms = 3 ms [[clip(a, 0 ms, 1 ms) == a]]'], true],
    [['a integer = 7 [[a % 2 == 1 and a // 2 == 3]]'], false],
    [['a ms = 3 ms [[a > resolution()]]'], false],
  ])('is evaluated where its values are known: %j', (lines, isViolated) => {
    expect(codes(parameters(...lines)).includes('default-violates-guard')).toBe(isViolated);
  });

  it('is not evaluated over long chains and circles', () => {
    const chain = Array.from({ length: 5_000 }, (_, index) => `p${index + 1} real = p${index} + 1`);
    expect(codes(parameters('p0 real = 0', ...chain, 'a real = 1 [[a > p5000]]'))).toEqual([]);
    expect(codes(parameters('a real = b [[a > b]]', 'b real = a'))).toEqual(['initial-value-cycle']);
  });
});

describe('texts that NESTML 8 and 9 read differently', () => {
  const declare = (type: string, value: string) =>
    `model test_neuron:\n    parameters:\n        x real = 2\n        y ${type} = ${value}\n    input:\n        p <- spike\n    output:\n        spike\n`;

  it.each([
    ['ms**2', '3 ms**2', '3 * (1 ms)**2'],
    ['1/ms**2', 'x / 3 ms**2', 'x / (3 * (1 ms)**2)'],
    ['real', 'x / 2 s / ms', 'x / (2 s / ms)'],
    ['1/(mV*ms)', '1 / 2 mV*ms', '1 / (2 mV*ms)'],
    ['1/(mV**2*ms)', 'x / 3 mV**2*ms', 'x / (3 * (1 mV)**2 * 1 ms)'],
    ['1/ms', '-2 ms**-1', '-2 * (1 ms)**-1'],
    ['nS**(3/2)', '4 nS**(3/2)', '4 * (1 nS)**(3/2)'],
  ])('are reported with both readings, and repaired: %s = %s', (type, value, repaired) => {
    let text = declare(type, value);
    const original = checkText(text).models[0]?.parameters[1]?.value;
    for (let round = 0; round < 3; round += 1) {
      const finding = checkText(text).diagnostics.find(({ code }) => code === 'reading-changed');
      if (finding === undefined) break;
      expect(finding.message).toMatch(/^`.*` means `.*` since NESTML 9; until NESTML 8 it meant `.*`\.$/);
      text = applyFix(finding.source!, finding.fixes[0]!);
    }
    const { models, diagnostics } = checkText(text);
    expect(diagnostics).toEqual([]);
    expect(original).toBeDefined();
    expect(models[0]?.parameters[1]?.symbol.type).toEqual(
      checkText(declare(type, value)).models[0]?.parameters[1]?.symbol.type,
    );
    expect(text).toBe(declare(type, repaired));
  });

  it.each([
    ['1/ms', '1 ms**-1'],
    ['mV/ms', '2 mV/ms'],
    ['mV/ms', 'x * 2 mV/ms'],
    ['1/ms', 'x / (2 ms)'],
    ['1/ms', 'x / 2 ms'],
    ['mV', '1 / 2 1/mV'],
  ])('are only those that change: %s = %s', (type, value) => {
    expect(codes(declare(type, value))).toEqual([]);
  });
});

describe('a type that is missing', () => {
  it.each([
    ['equations', 'inline rate = x / 10 ms', 'inline rate 1/ms = x / 10 ms'],
    ['parameters', 'V_th = -55 mV', 'V_th mV = -55 mV'],
    ['parameters', 'count = 3', 'count real = 3'],
  ])('is that of the value: %s, %s', (block, wrong, right) => {
    const model = (line: string) =>
      `model test_neuron:\n    state:\n        x real = 1\n    ${block}:\n        ${line}\n    input:\n        p <- spike\n    output:\n        spike\n`;
    const [found, ...others] = checkText(model(wrong)).diagnostics;
    expect(others).toEqual([]);
    expect(found?.code).toBe('missing-type');
    expect(applyFix(found!.source!, found!.fixes[0]!)).toBe(model(right));
  });
});

describe('the exponent of a quantity', () => {
  const model = (...lines: readonly string[]) =>
    `model test_neuron:\n    parameters:\n        V mV = 3 mV\n        p integer = 2\n    internals:\n${lines.map((line) => `        ${line}\n`).join('')}    input:\n        s_in <- spike\n    output:\n        spike\n`;

  it('can be an internal that is constant, wherever it is declared', () => {
    expect(codes(model('a mV**2 = V**(n - 1)', 'n integer = m + 1', 'm integer = 2'))).toEqual([]);
  });

  it.each([['V**p'], ['V**k'], ['V**z']])('cannot be what may change: %s', (power) => {
    const found = codes(model(`a mV**2 = ${power}`, 'k integer = p', 'z real = z_1', 'z_1 real = z'));
    expect(found).toContain('exponent-not-constant');
  });
});

describe('two statements on a line', () => {
  it('are one finding, repaired by a line break', () => {
    const text = neuron(['integrate_odes(); n = 2']);
    const [found, ...others] = checkText(text).diagnostics;
    expect(others.map(({ message }) => message)).toEqual([]);
    expect([found?.code, text.slice(found?.span?.start, found?.span?.end)]).toEqual([
      'foreign-notation',
      ';',
    ]);
    expect(applyFix(found!.source!, found!.fixes[0]!)).toBe(neuron(['integrate_odes()', 'n = 2']));
  });
});

describe('// before a comment', () => {
  it.each([
    ['x real = 1', 'x real = 1 // the first state'],
    ['x real = 1', '// the states\n        x real = 1'],
    ['spike\n', 'spike // of the neuron\n'],
  ])('is one finding, repaired by #: %s, not %s', (right, wrong) => {
    const text = neuron(['integrate_odes()']).replace(right, wrong);
    const [found, ...others] = checkText(text).diagnostics;
    expect(others.map(({ message }) => message)).toEqual([]);
    expect([found?.code, text.slice(found?.span?.start, found?.span?.end)]).toEqual([
      'foreign-notation',
      '//',
    ]);
    expect(codes(applyFix(found!.source!, found!.fixes[0]!))).toEqual([]);
  });

  it('is mentioned if one word follows', () => {
    const text = neuron(['integrate_odes()']).replace('x real = 1', 'x real = 1 // start');
    expect(checkText(text).diagnostics[0]?.message).toContain('a comment begins with `#`');
  });
});

describe('the name E', () => {
  it.each(['internals', 'parameters', 'state'])(
    'is mentioned in %s, where NESTML 9 reads it as the number e',
    (block) => {
      const text = `model e_neuron:\n    ${block}:\n        E real = 1\n    update:\n        println("{E}")\n`;
      expect(codes(text)).toContain('reserved-elsewhere');
      expect(codes(text.replaceAll('E', 'F_1'))).not.toContain('reserved-elsewhere');
    },
  );
});
