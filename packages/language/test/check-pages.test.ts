import { readdirSync, readFileSync } from 'node:fs';
import { createSourceFile } from '@nestml/diagnostics';
import { describe, expect, it } from 'vitest';
import { check } from '../src/check/check.ts';
import { rules } from '../src/check/rules/index.ts';
import { checkMessages } from '../src/messages/check-messages.ts';
import { parse } from '../src/parse/parser.ts';

function findingsOf(model: string) {
  return check(parse(createSourceFile('example.nestml', model))).diagnostics;
}

const pages = Object.entries(checkMessages).map(([code, definition]) => ({ code, ...definition }));

describe('the page of each code of the checker', () => {
  it.each(pages)('shows a model that fails with $code and no other error', ({ code, page }) => {
    const findings = findingsOf(page.failing.model ?? '');
    const others = findings.filter((finding) => finding.class === 'error' && finding.code !== code);
    expect(others.map((finding) => `${finding.code}: ${finding.message}`)).toEqual([]);
    expect(findings.map((finding) => finding.code)).toContain(code);
  });

  it.each(pages)('shows a model repaired from $code', ({ code, page }) => {
    const findings = findingsOf(page.repaired.model ?? '');
    const left = findings.filter((finding) => finding.class === 'error' || finding.code === code);
    expect(left.map((finding) => `${finding.code}: ${finding.message}`)).toEqual([]);
  });

  it.each(pages)('gives one finding for the one mistake of $code', ({ code, page }) => {
    const findings = findingsOf(page.failing.model ?? '').filter((finding) => finding.code === code);
    expect(findings).toHaveLength(1);
  });

  it.each(pages)(
    'has a title without a full stop, and sentences ($code)',
    ({ page, class: messageClass }) => {
      expect(page.title).not.toMatch(/\.$/);
      expect(page.explanation).toMatch(/\.$/);
      expect(['error', 'compat', 'lint', 'note']).toContain(messageClass);
    },
  );
});

describe('the table of messages', () => {
  const folder = new URL('../src/check/', import.meta.url);
  const texts = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => readFileSync(new URL(name, folder), 'utf8'))
    .join('\n');

  it.each(pages)('has no code that nothing reports ($code)', ({ code }) => {
    expect(texts).toMatch(new RegExp(`report\\(\\s*'${code}'`));
  });
});

describe('the registry of rules', () => {
  it('names every rule once', () => {
    const names = rules.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
  });

  it.each(rules)('has a file of its own for $name', ({ name, codes }) => {
    const text = readFileSync(new URL(`../src/check/rules/${name}.rule.ts`, import.meta.url), 'utf8');
    for (const code of codes) expect(text).toContain(`'${code}'`);
  });
});
