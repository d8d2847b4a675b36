import { expect, test } from 'vitest';
import { renderTable, type Table } from './table.ts';
import { displayWidth } from './terminal-text.ts';

const PARAMETERS: Table = {
  columns: [
    { header: 'name' },
    { header: 'value', align: 'decimal' },
    { header: 'unit', align: 'right' },
    { header: 'reason', wrap: true },
  ],
  rows: [
    ['C_m', '250', 'pF', 'capacitance'],
    ['tau_m', '10.25', 'ms', 'a linear system with constant coefficients is solved exactly'],
    ['E_L', '-70', 'µV'],
  ],
};

test('columns are aligned, decimal points stand below each other, lines have no trailing space', () => {
  const table: Table = { columns: PARAMETERS.columns.slice(0, 3), rows: PARAMETERS.rows };
  expect(renderTable(table, { colour: false, unicode: true })).toBe(
    [
      'name   value   unit',
      '─────  ──────  ────',
      'C_m    250       pF',
      'tau_m   10.25    ms',
      'E_L    -70       µV',
    ].join('\n'),
  );
});

test('a wrapping column is narrowed until the lines fit, and no word is lost', () => {
  const text = renderTable(PARAMETERS, { columns: 48, colour: false, unicode: true });
  for (const line of text.split('\n')) expect(displayWidth(line)).toBeLessThanOrEqual(48);
  const words = text.split(/\s+/);
  for (const word of 'a linear system with constant coefficients is solved exactly'.split(' ')) {
    expect(words).toContain(word);
  }
});

test('without unicode everything is ASCII', () => {
  const text = renderTable(PARAMETERS, { colour: false, unicode: false });
  expect(text).toMatch(/^[\x20-\x7e\n]*$/);
  expect(text).toContain('uV');
});

test('the header is bold only where colour is allowed', () => {
  expect(renderTable(PARAMETERS, { colour: true, unicode: true }).split('\x1b[').length - 1).toBe(2);
  expect(renderTable(PARAMETERS, { colour: false, unicode: true })).not.toContain('\x1b');
});

test('wide characters count as two cells and control characters cannot move the cursor', () => {
  const table: Table = {
    columns: [{ header: 'a' }, { header: 'b' }],
    rows: [
      ['膜', '1'],
      ['x\x1b[2J', '2'],
    ],
  };
  const lines = renderTable(table, { colour: false, unicode: true }).split('\n');
  expect(lines[2]).toBe('膜     1');
  expect(lines[3]).toBe('x [2J  2');
});

test('a table without rows is its header and rule', () => {
  expect(renderTable({ columns: [{ header: 'ab' }], rows: [] }, { colour: false, unicode: false })).toBe(
    'ab\n--',
  );
});
