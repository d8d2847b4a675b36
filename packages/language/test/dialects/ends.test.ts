import { describe, expect, it } from 'vitest';
import { readAndCheck } from './fixtures.ts';

/** Findings of syntax, with what they point to and what is opened there. */
function problemsOf(text: string) {
  const { findings } = readAndCheck(text);
  return findings
    .filter((finding) => finding.class === 'error')
    .map(({ code, message, span, related }) => ({
      code,
      message,
      at: text.slice(span?.start, span?.end),
      opened: related.map((place) => text.slice(place.span.start, place.span.end)),
    }));
}

const leak = `neuron leak:
  state:
    V mV = 1 mV
  end
  parameters:
    tau ms = 10 ms
    n real = 10
  end
  input:
    exc mV <- spike
  end
  equations:
    V' = -V / tau
  end
  update:
    if V > 2 mV:
      V = 0 mV
    elif V > 1 mV:
      V += exc
    end
    integrate_odes()
  end
  output: spike
end
`;

/** The same without the `end` behind a line. */
const without = (line: string) =>
  leak.replace(new RegExp(`(${line.replace(/[/()+]/g, '\\$&')}\\n) *end\\n`), '$1');

describe('an `end` that is missing', () => {
  it.each([
    ['tau ms = 10 ms\n    n real = 10', 'parameters', 'input', 'parameters'],
    ['exc mV <- spike', 'input', 'equations', 'input'],
    ["V' = -V / tau", 'equations', 'update', 'equations'],
    ['V += exc', 'if', 'integrate_odes()', 'elif V > 1 mV'],
    ['integrate_odes()', 'update', 'output', 'update'],
    ['output: spike', 'neuron leak', '', 'neuron leak'],
  ])('behind `%s` is one error that says what is open, and all else is read', (line, name, at, opened) => {
    const text = without(line);
    expect(text.length).toBeLessThan(leak.length);
    const [problem, ...others] = problemsOf(text);
    expect(others).toEqual([]);
    expect(problem).toMatchObject({ code: 'missing-end', opened: [opened] });
    expect(problem?.message).toContain(`\`${name}\``);
    expect(at.startsWith(problem?.at ?? '-')).toBe(true);
    expect(readAndCheck(text).written).toBe(readAndCheck(leak).written);
  });

  it('is found where line ends mean nothing, behind numbers too', () => {
    const text = leak
      .replace('n real = 10\n  end\n', 'n real = 10\n')
      .replace('exc mV <- spike', 'exc mV <- spike I <- current');
    const { dialect } = readAndCheck(text);
    expect(dialect.id).toBe('A1');
    expect(problemsOf(text).map(({ at }) => at)).toEqual(['input']);
  });

  it('is found without columns', () => {
    const flat = without('exc mV <- spike').replace(/^ +/gm, '');
    expect(problemsOf(flat)).toMatchObject([{ code: 'missing-end', at: 'equations' }]);
    expect(problemsOf(leak.replace(/\s+/g, ' '))).toEqual([]);
  });

  it('ends the inner branch where an outer one goes on', () => {
    const text = leak.replace('      V = 0 mV\n', '      if V > 5 mV:\n        V = 0 mV\n');
    const problems = problemsOf(text);
    expect(problems).toMatchObject([{ code: 'missing-end', opened: ['if V > 5 mV'] }]);
    expect(problems[0]?.at).toMatch(/^elif/);
  });
});

describe('an `end` that is too many', () => {
  it.each([
    ['behind the model', `${leak}end\n`],
    ['behind a block', leak.replace('n real = 10\n  end\n', 'n real = 10\n  end\n  end\n')],
    ['behind the output', leak.replace('output: spike', 'output: spike\n  end')],
  ])('is one error: %s', (_, text) => {
    expect(problemsOf(text)).toMatchObject([{ code: 'superfluous-end', at: 'end' }]);
    expect(readAndCheck(text).written).toBe(readAndCheck(leak).written);
  });
});

describe('what stands in a model and in no block', () => {
  it.each([
    ['a misspelt block', 'parametres:\n    tau ms = 10 ms\n  end\n', /parametres/],
    [
      'a block whose head is damaged',
      'onReceive(exc:\n    V = 3 mV\n    V += 1 mV\n',
      /V = 3 mV[\s\S]*V \+= 1 mV/,
    ],
    ['a block without colon', 'internals h ms = 1 ms end\n', /internals h ms = 1 ms/],
    ['a lone line', 'x mV = 1 mV\n', /x mV = 1 mV/],
    ['a word of a block without colon', 'input foo\n  input spikes\n', /input foo[\s\S]*input spikes/],
  ])('stays in the migrated text, and is an error: %s', (_, line, written) => {
    const read = readAndCheck(leak.replace('  input:\n', `  ${line}  input:\n`));
    expect(read.errors.length).toBeGreaterThan(0);
    expect(read.written).toMatch(written);
  });

  it.each(['exc mV <- excitatoryspike inh mV <- spike', 'exc mV <- mycontinuous', 'exc mV : x nS <- spike'])(
    'and a port with other words is an error: %s',
    (port) => {
      const { errors, written } = readAndCheck(leak.replace('exc mV <- spike', port));
      expect(errors.length).toBeGreaterThan(0);
      for (const [word] of port.matchAll(/\w+/g)) expect(written).toContain(word);
    },
  );

  it('is not taken for a model if it stands outside and lines belong to it', () => {
    const text = 'neuron a:\n    state:\n        x real = 1\nfoo bar baz:\n    y = 1\n';
    expect(readAndCheck(text).written).toContain('foo bar baz:\n    y = 1\n');
  });

  it('is no empty branch if a bracket of its condition is open', () => {
    const text = leak.replace('if V > 2 mV:', 'if V > (2 mV:');
    expect(readAndCheck(text).written).toMatch(/if V > \(2 mV:[\s\S]*V = 0 mV/);
  });

  it('does not swallow the text behind a parenthesis that is not closed', () => {
    const { errors, written } = readAndCheck(leak.replace('-V / tau', '-(V / tau'));
    expect(errors).toHaveLength(1);
    expect(written).toContain('    update:\n');
  });
});

describe('an indented text with a single `end` for the model', () => {
  const text = leak.replace(/^ +end\n/gm, '');

  it('is read as one of 5.3 and later, with one finding that says so', () => {
    const { dialect, findings, models } = readAndCheck(text);
    expect(dialect.id).toBe('B1');
    expect(findings.map(({ code }) => code)).toEqual(['old-dialect']);
    expect(findings[0]?.related.map(({ span }) => text.slice(span.start, span.end))).toContain('end');
    expect(models).toHaveLength(1);
  });

  it('keeps the comments around it', () => {
    const { written } = readAndCheck(text.replace(/end\n$/, '# before\nend # behind\n# below\n'));
    for (const comment of ['# before', '# behind', '# below']) expect(written).toContain(comment);
  });

  it('is not taken for one whose blocks have an `end` on their lines', () => {
    expect(readAndCheck('neuron a:\n  state: x real = 1 end\nend\n').dialect.id).toBe('A2');
  });
});

describe('a start value without unit before the derivative on the next line', () => {
  const text = `neuron n:
  initial_values:
    x real = 0
    x' 1/ms = 1 / tau
    z real = 0
    z' ms**-1 = 1 / tau
    g nS = 0
    s, h mV = 2 mV
    k[2] real = 3
  end
  parameters: tau ms = 2 ms end
  equations:
    shape x'' = -2 / tau * x' - x / tau**2
    shape z'' = -2 / tau * z' - z / tau**2
  end
end
`;

  it('ends before it', () => {
    const { written } = readAndCheck(text);
    const lines = written.split('\n').map((line) => line.trim());
    expect(lines).toEqual(
      expect.arrayContaining([
        'x real = 0',
        "x' 1/ms = 1 / tau",
        'z real = 0',
        "z' 1/ms = 1 / tau",
        'g nS = 0 nS',
        's, h mV = 2 mV',
        'k[2] real = 3',
      ]),
    );
  });
});
