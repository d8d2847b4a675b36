import { describe, expect, it } from 'vitest';
import type { Diagnostic } from './diagnostic.ts';
import { toJson } from './render-json.ts';
import { toSarif } from './render-sarif.ts';
import { createSourceFile } from './source.ts';

const source = createSourceFile('models/a b.nestml', 'one\r\ntwo x\r\n');
const other = createSourceFile('b.nestml', 'y\n');

const mismatch: Diagnostic = {
  code: 'unit-mismatch',
  class: 'error',
  severity: 'error',
  message: 'mV and pA',
  source,
  span: { start: 9, end: 10 },
  related: [
    { message: 'here', span: { start: 0, end: 3 } },
    { message: 'there', span: { start: 0, end: 1 }, source: other },
  ],
  fixes: [{ title: 'write y', edits: [{ span: { start: 9, end: 10 }, text: 'y' }] }],
};
const doubtful: Diagnostic = {
  code: 'unused-name',
  class: 'lint',
  severity: 'warning',
  message: 'never used',
  source,
  span: { start: 0, end: 3 },
  related: [],
  fixes: [],
};
const general: Diagnostic = {
  code: 'no-models',
  class: 'note',
  severity: 'info',
  message: 'no model files',
  related: [],
  fixes: [],
};

describe('the JSON report of a check', () => {
  it('has the agreed form, with lines and columns from 1 and ends exclusive', () => {
    const report = toJson([{ file: 'models/a b.nestml', models: ['m'], diagnostics: [mismatch, doubtful] }]);
    expect(report).toEqual({
      version: 1,
      files: [
        {
          file: 'models/a b.nestml',
          models: ['m'],
          diagnostics: [
            {
              code: 'unused-name',
              class: 'lint',
              severity: 'warning',
              message: 'never used',
              range: { start: { line: 1, column: 1 }, end: { line: 1, column: 4 } },
              related: [],
              fixes: [],
              help: 'docs/reference/diagnostics/unused-name.md',
            },
            {
              code: 'unit-mismatch',
              class: 'error',
              severity: 'error',
              message: 'mV and pA',
              range: { start: { line: 2, column: 5 }, end: { line: 2, column: 6 } },
              related: [
                { message: 'here', range: { start: { line: 1, column: 1 }, end: { line: 1, column: 4 } } },
                {
                  message: 'there',
                  file: 'b.nestml',
                  range: { start: { line: 1, column: 1 }, end: { line: 1, column: 2 } },
                },
              ],
              fixes: [
                {
                  title: 'write y',
                  edits: [
                    { range: { start: { line: 2, column: 5 }, end: { line: 2, column: 6 } }, text: 'y' },
                  ],
                },
              ],
              help: 'docs/reference/diagnostics/unit-mismatch.md',
            },
          ],
        },
      ],
      errors: 1,
      warnings: 1,
    });
  });

  it('leaves the range out where there is no place, and keeps findings without a file apart', () => {
    const report = toJson([{ file: 'a.nestml', models: [], diagnostics: [] }], [general]);
    expect(report.errors).toBe(0);
    expect(report.diagnostics).toHaveLength(1);
    expect(report.diagnostics![0]).not.toHaveProperty('range');
  });

  it('survives being written and read', () => {
    const report = toJson([{ file: 'a.nestml', models: ['m'], diagnostics: [mismatch] }], [general]);
    expect(JSON.parse(JSON.stringify(report))).toEqual(report);
  });
});

describe('the SARIF log', () => {
  const log = toSarif([mismatch, doubtful, general], '1.2.3');
  const [run] = log.runs;

  it('names the tool, its version and each rule once', () => {
    expect(log.version).toBe('2.1.0');
    expect(run.tool.driver.version).toBe('1.2.3');
    expect(run.tool.driver.rules.map((rule) => rule.id)).toEqual([
      'no-models',
      'unit-mismatch',
      'unused-name',
    ]);
  });

  it('gives level, place as relative URI, related places and fixes of each finding', () => {
    expect(run.results.map((result) => [result.ruleId, result.ruleIndex, result.level])).toEqual([
      ['no-models', 0, 'note'],
      ['unused-name', 2, 'warning'],
      ['unit-mismatch', 1, 'error'],
    ]);
    const result = run.results[2]!;
    expect(result.locations).toEqual([
      {
        physicalLocation: {
          artifactLocation: { uri: 'models/a%20b.nestml' },
          region: { startLine: 2, startColumn: 5, endLine: 2, endColumn: 6 },
        },
      },
    ]);
    expect(result.relatedLocations.map((place) => place.physicalLocation.artifactLocation.uri)).toEqual([
      'models/a%20b.nestml',
      'b.nestml',
    ]);
    expect(result.fixes[0]!.artifactChanges[0]!.replacements).toEqual([
      {
        deletedRegion: { startLine: 2, startColumn: 5, endLine: 2, endColumn: 6 },
        insertedContent: { text: 'y' },
      },
    ]);
  });
});
