import { applyFix } from '@nestml/diagnostics';
import { describe, expect, it } from 'vitest';
import type { Statement } from '../src/model/statements.ts';
import { checkText } from './check-support.ts';
import { edited } from './edited-model.ts';

/** The statements of `update` behind the integration, checked; `lines` are indented below it. */
function examine(...lines: readonly string[]) {
  const block = ['x real = 0', 'integrate_odes()', ...lines].map((line) => `        ${line}`).join('\n');
  const text = edited(['        integrate_odes()', block]);
  const { models, diagnostics } = checkText(text);
  return { text, diagnostics, update: models[0]?.update.slice(2) ?? [] };
}

/** Kinds of statements, those of branches in brackets. */
function shape(statements: readonly Statement[]): string {
  return statements
    .map((statement) =>
      statement.kind === 'if'
        ? `if[${statement.branches.map(({ body }) => shape(body)).join(' | ')}]`
        : statement.kind,
    )
    .join(' ');
}

describe('a statement in a column between two open blocks', () => {
  it.each([9, 10, 11])('stands behind the inner one, as in NESTML 9: column %i', (column) => {
    const blanks = ' '.repeat(column - 8);
    const { text, diagnostics, update } = examine('if V_m > E_L:', '    x = 1', `${blanks}x = 2`);
    expect(shape(update)).toBe('if[assign] assign');
    expect(diagnostics.map(({ code, class: kind }) => [code, kind])).toEqual([
      ['inconsistent-indentation', 'lint'],
    ]);
    expect(diagnostics[0]!.message).toContain('at column 9, behind the inner one, as NESTML 9 reads it.');
    const repaired = applyFix(diagnostics[0]!.source!, diagnostics[0]!.fixes[0]!);
    expect(repaired).toBe(text.replace(`        ${blanks}x = 2`, '        x = 2'));
  });

  it('closes each block that begins deeper', () => {
    const { diagnostics, update } = examine(
      'if V_m > E_L:',
      '    if x > 1:',
      '        x = 1',
      '  x = 2',
      '  x = 3',
      'x = 4',
    );
    expect(shape(update)).toBe('if[if[assign]] assign assign assign');
    expect(diagnostics.map(({ code }) => code)).toEqual(['inconsistent-indentation']);
  });

  it('may be a branch of the outer one', () => {
    const { diagnostics, update } = examine('if V_m > E_L:', '    x = 1', '  else:', '    x = 2');
    expect(shape(update)).toBe('if[assign]');
    expect(update[0]).toMatchObject({ otherwise: [{ kind: 'assign' }] });
    expect(diagnostics.map(({ code }) => code)).toEqual(['inconsistent-indentation']);
  });

  it('may open a block of its own', () => {
    const { diagnostics, update } = examine(
      'if V_m > E_L:',
      '    x = 1',
      '  if x > 2:',
      '      x = 2',
      '  x = 3',
    );
    expect(shape(update)).toBe('if[assign] if[assign] assign');
    expect(diagnostics.map(({ code }) => code)).toEqual(['inconsistent-indentation']);
  });
});

it('a declaration between the columns of the blocks and of their lines stays in its block', () => {
  const text = edited(['        tau_m ms = 10 ms', '       tau_m ms = 10 ms']);
  const { models, diagnostics } = checkText(text);
  expect(models[0]?.parameters.map(({ symbol }) => symbol.name)).toContain('tau_m');
  expect(diagnostics.map(({ code }) => code)).toEqual(['inconsistent-indentation']);
  expect(diagnostics[0]!.message).not.toContain('NESTML 9');
});
