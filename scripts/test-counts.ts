/** How many tests passed and failed. */
export interface TestCounts {
  readonly passed: number;
  readonly failed: number;
}

/** The part of vitest's JSON report that is counted. */
interface Report {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly testResults: readonly {
    readonly status: string;
    readonly assertionResults: readonly { readonly status: string }[];
  }[];
}

/**
 * Counts the tests of a vitest JSON report. A file that could not be loaded, a run that failed without a failed test, and
 * a run without a report count as one failed test each, so that a failure is never shown as none.
 */
export function countTests(report: string | undefined, isPassed: boolean): TestCounts {
  if (report === undefined) return { passed: 0, failed: 1 };
  const { numPassedTests, numFailedTests, testResults }: Report = JSON.parse(report);
  const unloaded = testResults.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'),
  );
  const failed = numFailedTests + unloaded.length;
  return { passed: numPassedTests, failed: isPassed ? failed : Math.max(1, failed) };
}

/** The sum of two counts. */
export function addCounts(first: TestCounts, second: TestCounts): TestCounts {
  return { passed: first.passed + second.passed, failed: first.failed + second.failed };
}
