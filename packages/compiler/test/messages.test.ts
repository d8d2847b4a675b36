import { createSourceFile, type Example } from '@nestml/diagnostics';
import { check, languageMessages, parse } from '@nestml/language';
import { describe, expect, it } from 'vitest';
import { compilerMessages, solveModel } from '../src/index.ts';

/** The codes of the errors that checking and compiling an example give. */
function errorsOf({ model: text = '', command = '' }: Example): readonly string[] {
  const { models, diagnostics } = check(parse(createSourceFile('test.nestml', text)));
  const solver = command.endsWith('--solver rosenbrock') ? 'rosenbrock' : 'auto';
  const found = [...diagnostics, ...models.flatMap((model) => solveModel(model, { solver }).diagnostics)];
  return found.filter(({ severity }) => severity === 'error').map(({ code }) => code);
}

describe('the page of each message of the compiler', () => {
  it.each(Object.entries(compilerMessages))('%s fails and is repaired', (code, { page }) => {
    expect(errorsOf(page.failing)).toEqual([code]);
    expect(errorsOf(page.repaired)).toEqual([]);
  });

  it('has a code of its own', () => {
    expect(Object.keys(compilerMessages).filter((code) => code in languageMessages)).toEqual([]);
  });
});

describe('a kernel that follows no linear equations', () => {
  it('is refused at the part that is none, with the reason', () => {
    const text = compilerMessages['kernel-without-equations'].page.failing.model ?? '';
    const { models } = check(parse(createSourceFile('test.nestml', text)));
    const [diagnostic] = solveModel(models[0]!).diagnostics;
    const { start, end } = diagnostic!.span!;
    expect(text.slice(start, end)).toBe('1 / (1 + t / tau)');
    expect(diagnostic!.message).toContain('is divided by something that changes with `t`');
  });
});
