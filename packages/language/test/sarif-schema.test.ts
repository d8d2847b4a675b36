import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { type Diagnostic, toSarif } from '@nestml/diagnostics';
import Ajv from 'ajv-draft-04';
import addFormats from 'ajv-formats';
import { describe, expect, it } from 'vitest';
import { languageMessages } from '../src/messages/index.ts';
import { checkText } from './check-support.ts';

/** The schema that the OASIS committee published for SARIF 2.1.0, as the package of Microsoft carries it. */
const schema: object = JSON.parse(
  readFileSync(
    createRequire(import.meta.url).resolve('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json'),
    'utf8',
  ),
);

const ajv = new Ajv.default({ strict: false, allErrors: true, unicodeRegExp: false });
addFormats.default(ajv);
const validate = ajv.compile(schema);

function errorsOf(diagnostics: readonly Diagnostic[]) {
  validate(JSON.parse(JSON.stringify(toSarif(diagnostics, '1.2.3'))));
  return validate.errors ?? [];
}

describe('the SARIF log', () => {
  it.each(Object.entries(languageMessages))('of the failing example of %s fits the schema', (_, { page }) => {
    const { diagnostics } = checkText(page.failing.model ?? '');
    expect(diagnostics.length).toBeGreaterThan(0);
    expect(errorsOf(diagnostics)).toEqual([]);
  });

  it('without findings fits the schema', () => {
    expect(errorsOf([])).toEqual([]);
  });

  it('is not accepted by the schema if a level is unknown', () => {
    const [finding] = checkText('model a:\n').diagnostics;
    const log = JSON.parse(
      JSON.stringify(toSarif([finding!], '1.2.3')).replace('"level":"error"', '"level":"grave"'),
    );
    expect(validate(log)).toBe(false);
  });
});
