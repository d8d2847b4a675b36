import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Diagnostic } from './diagnostic.ts';
import { renderDiagnostics, summarise } from './render-terminal.ts';
import { createSourceFile, type SourceFile, type Span } from './source.ts';

const plain = { color: false } as const;
const ESC = String.fromCharCode(27);

/** Control characters, the line end excepted. */
const CONTROL = /[^\P{Cc}\n]/u;

function finding(
  source: SourceFile | undefined,
  span: Span | undefined,
  extras: Partial<Diagnostic> = {},
): Diagnostic {
  return {
    code: 'some-code',
    class: 'error',
    severity: 'error',
    message: 'something is wrong',
    ...(source === undefined ? {} : { source }),
    ...(span === undefined ? {} : { span }),
    related: [],
    fixes: [],
    ...extras,
  };
}

/** The span of the first occurrence of `part`. */
function spanOf(source: SourceFile, part: string): Span {
  const start = source.text.indexOf(part);
  expect(start).toBeGreaterThanOrEqual(0);
  return { start, end: start + part.length };
}

/** The shown text as lines, without the final line end. */
function shown(...diagnostics: readonly Diagnostic[]): readonly string[] {
  const text = renderDiagnostics(diagnostics, plain);
  expect(text.endsWith('\n')).toBe(true);
  return text.slice(0, -1).split('\n');
}

const model = `model a_neuron:
  state:
    V_m mV = 0 mV

  parameters:
    tau_m ms = 10 ms
    C_m pF = 250 pF

  equations:
    V_m' = -V_m / tau_m + I_stim
`;

describe('a finding in the terminal', () => {
  it('shows head line, place, marked line, related places of the file and the fix', () => {
    const source = createSourceFile('a.nestml', model);
    const end = spanOf(source, 'I_stim').end;
    const found = finding(source, spanOf(source, 'I_stim'), {
      code: 'unit-mismatch',
      message: 'a current (pA) is added to mV/ms',
      related: [{ message: 'this is mV/ms', span: spanOf(source, '-V_m / tau_m') }],
      fixes: [{ title: 'divide by the capacitance', edits: [{ span: { start: end, end }, text: ' / C_m' }] }],
    });
    expect(shown(found)).toEqual([
      'error[unit-mismatch]: a current (pA) is added to mV/ms',
      '  --> a.nestml:10:27',
      '   |',
      "10 |     V_m' = -V_m / tau_m + I_stim",
      '   |                           ^^^^^^',
      '   |            ------------ this is mV/ms',
      '   |',
      'help: divide by the capacitance',
      "10 -     V_m' = -V_m / tau_m + I_stim",
      "10 +     V_m' = -V_m / tau_m + I_stim / C_m",
    ]);
  });

  it('shows one skipped line in full and elides more', () => {
    const source = createSourceFile('a.nestml', model);
    const found = finding(source, spanOf(source, 'C_m'), {
      related: [
        { message: 'first', span: spanOf(source, 'V_m mV') },
        { message: 'second', span: spanOf(source, 'parameters') },
      ],
    });
    expect(shown(found).slice(2)).toEqual([
      '  |',
      '3 |     V_m mV = 0 mV',
      '  |     ------ first',
      '4 |',
      '5 |   parameters:',
      '  |   ---------- second',
      '6 |     tau_m ms = 10 ms',
      '7 |     C_m pF = 250 pF',
      '  |     ^^^',
    ]);
  });

  it('shows marks that do not touch in one row, and gives each label the end of a row', () => {
    const source = createSourceFile('a.nestml', 'x = aa + bb\n');
    const found = finding(source, spanOf(source, '='), {
      related: [
        { message: 'left', span: spanOf(source, 'aa') },
        { message: 'right', span: spanOf(source, 'bb') },
      ],
    });
    expect(shown(found).slice(3)).toEqual(['1 | x = aa + bb', '  |   ^ -- left', '  |          -- right']);
  });

  it('shows a related place of another file with its own excerpt', () => {
    const source = createSourceFile('a.nestml', 'x = 1\n');
    const other = createSourceFile('b.nestml', '\n\nmodel y:\n');
    const found = finding(source, spanOf(source, 'x'), {
      related: [{ message: 'also here', span: spanOf(other, 'y'), source: other }],
    });
    expect(shown(found).slice(1)).toEqual([
      ' --> a.nestml:1:1',
      '  |',
      '1 | x = 1',
      '  | ^',
      '  |',
      ' ::: b.nestml:3:7',
      '  |',
      '3 | model y:',
      '  |       - also here',
    ]);
  });

  it('shows a finding without a place as one line, with related messages and titles of fixes', () => {
    const found = finding(undefined, undefined, {
      class: 'lint',
      severity: 'warning',
      related: [{ message: 'given twice', span: { start: 0, end: 1 } }],
      fixes: [{ title: 'leave one out', edits: [] }],
    });
    expect(shown(found)).toEqual([
      'warning[some-code]: something is wrong',
      'note: given twice',
      'help: leave one out',
    ]);
  });

  it('names only the file if there is no place in it', () => {
    const source = createSourceFile('a.nestml', 'x\n');
    expect(shown(finding(source, undefined))).toEqual([
      'error[some-code]: something is wrong',
      ' --> a.nestml',
    ]);
  });
});

describe('the marks under a line', () => {
  it('stand below the characters when tabs come before and inside the span', () => {
    const source = createSourceFile('a.nestml', '\tab\tcd\n');
    expect(shown(finding(source, { start: 1, end: 5 })).slice(3)).toEqual([
      '1 |     ab  cd',
      '  |     ^^^^^',
    ]);
  });

  it('count wide characters as two columns and combining marks as none', () => {
    const source = createSourceFile('a.nestml', '# 電圧 e\u0301 x\n');
    expect(shown(finding(source, spanOf(source, 'x'))).slice(3)).toEqual([
      '1 | # 電圧 e\u0301 x',
      '  |          ^',
    ]);
  });

  it('stay on the line in a file with CRLF line ends, also for a span that takes the line end', () => {
    const source = createSourceFile('a.nestml', 'abc\r\ndef\r\n');
    expect(shown(finding(source, { start: 1, end: 5 })).slice(3)).toEqual(['1 | abc', '  |  ^^']);
  });

  it('count columns from the first character after a byte-order mark', () => {
    const source = createSourceFile('a.nestml', '\uFEFFabc\n');
    expect(shown(finding(source, { start: 0, end: 3 })).slice(1)).toEqual([
      ' --> a.nestml:1:1',
      '  |',
      '1 | abc',
      '  | ^^^',
    ]);
  });

  it('are one caret for an empty span', () => {
    const source = createSourceFile('a.nestml', 'abc\n');
    expect(shown(finding(source, { start: 1, end: 1 })).slice(3)).toEqual(['1 | abc', '  |  ^']);
  });

  it('show a place in an empty file', () => {
    const source = createSourceFile('a.nestml', '');
    expect(shown(finding(source, { start: 0, end: 0 })).slice(1)).toEqual([
      ' --> a.nestml:1:1',
      '  |',
      '1 |',
      '  | ^',
    ]);
  });

  it('show the end of a file with and without a last line end', () => {
    const open = createSourceFile('a.nestml', 'abc');
    const closed = createSourceFile('a.nestml', 'abc\n');
    expect(shown(finding(open, { start: 3, end: 3 })).slice(1)).toEqual([
      ' --> a.nestml:1:4',
      '  |',
      '1 | abc',
      '  |    ^',
    ]);
    expect(shown(finding(closed, { start: 4, end: 4 })).slice(1)).toEqual([
      ' --> a.nestml:2:1',
      '  |',
      '2 |',
      '  | ^',
    ]);
  });

  it('show the first and the last line of a span over several lines, without the indentation', () => {
    const source = createSourceFile('a.nestml', 'if x:\n  a = 1\n  b = 2\n  c = 3\nend\n');
    const span = { start: 3, end: source.text.indexOf('\nend') };
    expect(shown(finding(source, span)).slice(3)).toEqual([
      '1 | if x:',
      '  |    ^^',
      '...',
      '4 |   c = 3',
      '  |   ^^^^^',
    ]);
  });

  it('keep a very long line short and the marked part in view', () => {
    const source = createSourceFile('a.nestml', `${'a'.repeat(500)}XYZ${'b'.repeat(500)}\n`);
    const [line, marks] = shown(finding(source, spanOf(source, 'XYZ'))).slice(3);
    expect(line!.length).toBeLessThan(140);
    expect(line!.slice(4, 6)).toBe('…a');
    expect(line!.endsWith('b…')).toBe(true);
    expect(line!.slice(marks!.indexOf('^'), marks!.lastIndexOf('^') + 1)).toBe('XYZ');
  });

  it('never pass a control character on to the terminal', () => {
    const source = createSourceFile('a\u001B[2J.nestml', 'x = \u001B[31m1\n');
    const text = renderDiagnostics(
      [finding(source, { start: 0, end: 1 }, { message: 'bad \u001B]0;name\u0007' })],
      plain,
    );
    expect(text).not.toMatch(CONTROL);
    expect(text).toContain('x = ␛[31m1');
  });
});

describe('a fix', () => {
  const source = createSourceFile('a.nestml', 'one\ntwo\nthree\n');
  const lines = (edits: Diagnostic['fixes'][number]['edits']) =>
    shown(finding(source, { start: 0, end: 0 }, { fixes: [{ title: 'do it', edits }] })).slice(7);

  it('shows an inserted line alone', () => {
    expect(lines([{ span: { start: 4, end: 4 }, text: 'new\n' }])).toEqual(['2 + new']);
  });

  it('shows a removed line alone', () => {
    expect(lines([{ span: { start: 4, end: 8 }, text: '' }])).toEqual(['2 - two']);
  });

  it('shows far edits apart, numbered in the new text', () => {
    const edits = [
      { span: { start: 8, end: 13 }, text: 'THREE' },
      { span: { start: 0, end: 0 }, text: 'zero\n' },
    ];
    expect(lines(edits)).toEqual(['1 + zero', '...', '3 - three', '4 + THREE']);
  });

  it('counts the lines beyond six', () => {
    const text = Array.from({ length: 8 }, (_unused, index) => `line ${index}\n`).join('');
    expect(lines([{ span: { start: 0, end: 0 }, text }]).slice(5)).toEqual([
      '6 + line 5',
      '  + … 2 more lines',
    ]);
  });

  it('counts the places beyond eight', () => {
    const source = createSourceFile('m.nestml', 'tau = 1\n\n'.repeat(12));
    const edits = [...source.text.matchAll(/tau/g)].map(({ index }) => ({
      span: { start: index, end: index + 3 },
      text: 'tau_m',
    }));
    const lines = shown(finding(source, { start: 0, end: 3 }, { fixes: [{ title: 'Rename', edits }] }));
    expect(lines.filter((line) => line.includes('+ tau_m = 1'))).toHaveLength(8);
    expect(lines.at(-1)).toBe('... and 4 more places');
  });

  it('in a long line is shown with what is around it, however far apart its findings are', () => {
    const source = createSourceFile('m.nestml', `x = ${'3 * mV + '.repeat(2000)}1 mV\n`);
    const start = source.text.indexOf('mV', 9000);
    const edits = [{ span: { start, end: start }, text: '1 ' }];
    const lines = shown(
      finding(source, { start, end: start + 2 }, { fixes: [{ title: 'Write `1 mV`', edits }] }),
    );
    const [before, after] = lines.slice(-2);
    expect(before).toMatch(/- ….*3 \* mV \+ 3 \* mV.*…$/);
    expect(after).toMatch(/\+ ….*3 \* mV \+ 3 \* 1 mV \+ 3 \* mV.*…$/);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThan(140);
  });

  it('cuts long lines around the first change', () => {
    const long = createSourceFile('long.nestml', `${'a'.repeat(50_000)} old ${'b'.repeat(50_000)}\n`);
    const edits = [{ span: { start: 50_001, end: 50_004 }, text: 'new' }];
    const fixes = [{ title: 'change', edits }];
    const text = renderDiagnostics([finding(long, { start: 50_001, end: 50_004 }, { fixes })], plain);
    expect(text).toContain(`1 - …${'a'.repeat(29)} old bbb`);
    expect(text).toContain(`1 + …${'a'.repeat(29)} new bbb`);
    expect(text.length).toBeLessThan(1000);
  });

  it('shows its title alone if its edits do not fit the text', () => {
    expect(lines([{ span: { start: 4, end: 400 }, text: '' }])).toEqual([]);
  });
});

describe('several findings', () => {
  const a = createSourceFile('a.nestml', 'x y\n');
  const b = createSourceFile('b.nestml', 'x y\n');
  const findings = [
    finding(b, { start: 0, end: 1 }),
    finding(a, { start: 2, end: 3 }),
    finding(a, { start: 0, end: 1 }, { class: 'note', severity: 'info' }),
    finding(a, { start: 0, end: 1 }),
    finding(undefined, undefined, { class: 'compat', severity: 'warning' }),
  ];
  const places = (text: string) => text.split('\n').filter((line) => /^ -->|^\w+\[/.test(line));

  it('come by file, place and severity, those without a file first, whatever the order of the input', () => {
    const text = renderDiagnostics(findings, plain);
    expect(places(text)).toEqual([
      'warning[some-code]: something is wrong',
      'error[some-code]: something is wrong',
      ' --> a.nestml:1:1',
      'note[some-code]: something is wrong',
      ' --> a.nestml:1:1',
      'error[some-code]: something is wrong',
      ' --> a.nestml:1:3',
      'error[some-code]: something is wrong',
      ' --> b.nestml:1:1',
    ]);
    expect(renderDiagnostics(findings.toReversed(), plain)).toBe(text);
  });

  it('are counted beyond the maximum', () => {
    const text = renderDiagnostics(findings, { color: false, maximum: 2 });
    expect(places(text)).toHaveLength(3);
    expect(text.trimEnd().split('\n').at(-1)).toBe('... and 3 more: 2 errors, 1 note');
  });

  it('give an empty text if there are none', () => {
    expect(renderDiagnostics([], plain)).toBe('');
  });

  it('are summarised in one line', () => {
    expect(summarise(findings)).toBe('3 errors, 1 warning, 1 note');
    expect(summarise([])).toBe('no findings');
  });

  it('look the same in colour once the escape sequences are taken away', () => {
    const colored = renderDiagnostics(findings, { color: true });
    expect(colored).toContain(`${ESC}[1;31merror[some-code]${ESC}[0m`);
    expect(colored.replaceAll(new RegExp(`${ESC}\\[[0-9;]*m`, 'g'), '')).toBe(
      renderDiagnostics(findings, plain),
    );
  });
});

describe('any finding at all', () => {
  const offset = fc.oneof(
    fc.integer({ min: -5, max: 60 }),
    fc.constantFrom(Number.NaN, Infinity, -Infinity, 0.5),
  );
  const span = fc.record({ start: offset, end: offset });
  const text = fc.string({
    unit: fc.constantFrom('a', '\t', '\n', '\r', '\r\n', ' ', '電', '\u0301', '\uD800', '\u001B', '😀'),
  });
  const edit = fc.record({ span, text });

  it('is shown without an exception, in lines without trailing blanks', () => {
    fc.assert(
      fc.property(
        text,
        text,
        span,
        fc.array(span, { maxLength: 3 }),
        fc.array(edit, { maxLength: 3 }),
        (name, body, place, related, edits) => {
          const source = createSourceFile(`${name}.`, body);
          const found = finding(source, place, {
            related: related.map((other) => ({ message: `${body}.`, span: other })),
            fixes: [{ title: `${name}.`, edits }],
          });
          for (const line of renderDiagnostics([found], plain).split('\n'))
            expect(line).not.toMatch(/\p{Cc}|\s$/u);
        },
      ),
      { seed: 20_240, numRuns: 500 },
    );
  });

  it('marks exactly the characters of a span on one line of plain text', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 39 }), fc.integer({ min: 1, max: 40 }), (start, length) => {
        const body = 'abcdefghijklmnopqrstuvwxyz0123456789.,;:';
        const end = Math.min(body.length, start + length);
        const source = createSourceFile('a.nestml', `${body}\n`);
        const [line, marks] = shown(finding(source, { start, end })).slice(3);
        expect(line!.slice(marks!.indexOf('^'), marks!.lastIndexOf('^') + 1)).toBe(body.slice(start, end));
      }),
      { seed: 7, numRuns: 200 },
    );
  });
});
