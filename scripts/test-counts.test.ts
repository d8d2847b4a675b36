import { describe, expect, it } from 'vitest';
import { addCounts, countTests } from './test-counts.ts';

const report = (numPassedTests: number, numFailedTests: number, testResults: readonly object[] = []) =>
  JSON.stringify({ numPassedTests, numFailedTests, testResults });

describe('the counts of a test run', () => {
  it('are those of the report', () => {
    expect(countTests(report(5, 0), true)).toEqual({ passed: 5, failed: 0 });
    const failing = [{ status: 'failed', assertionResults: [{ status: 'failed' }] }];
    expect(countTests(report(5, 2, failing), false)).toEqual({ passed: 5, failed: 2 });
  });

  it('show a file that could not be loaded as a failure', () => {
    const unloaded = [{ status: 'failed', assertionResults: [] }];
    expect(countTests(report(5, 0, unloaded), false)).toEqual({ passed: 5, failed: 1 });
  });

  it('never show a failed run without a failure', () => {
    expect(countTests(report(5, 0), false)).toEqual({ passed: 5, failed: 1 });
    expect(countTests(undefined, false)).toEqual({ passed: 0, failed: 1 });
    expect(countTests(undefined, true)).toEqual({ passed: 0, failed: 1 });
  });

  it('add up', () => {
    expect(addCounts({ passed: 1, failed: 2 }, { passed: 3, failed: 4 })).toEqual({ passed: 4, failed: 6 });
  });
});
