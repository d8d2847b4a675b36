import { readdirSync, readFileSync } from 'node:fs';
import { createSourceFile } from '@nestml/diagnostics';
import { check } from '../../src/check/check.ts';
import { type Dialect, findingsOfOldText, readSource } from '../../src/dialects/index.ts';

/** A text in an old dialect; the beginning of the name of its file is the family. */
export interface Fixture {
  readonly name: string;
  readonly family: string;
  readonly text: string;
}

const folder = new URL('fixtures/', import.meta.url);

export const fixtures: readonly Fixture[] = readdirSync(folder)
  .sort()
  .map((name) => ({
    name,
    family: (name.split('-')[0] ?? '').replace(/^[a-z]/, (letter) => letter.toUpperCase()),
    text: readFileSync(new URL(name, folder), 'utf8'),
  }));

/** Reads and checks a text as the tools do. */
export function readAndCheck(text: string, from?: Dialect) {
  const read = readSource(createSourceFile('old.nestml', text), from);
  const { models, diagnostics } = check(read.tree);
  const findings = findingsOfOldText(diagnostics, read.translation);
  const errors = findings.filter((finding) => finding.class === 'error').map(({ message }) => message);
  return { ...read, models, findings, errors, written: read.translation?.map.text ?? text };
}

/** Data without places and source files. */
export function withoutPlaces(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value, (key, part) =>
      ['span', 'source', 'declared', 'operatorSpan', 'keyword'].includes(key) ? undefined : part,
    ),
  );
}
