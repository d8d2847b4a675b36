// Measuring and printing, shared by all benchmarks. Nothing here reads a clock of its own accord, so that it can be tested.

/** Times of one candidate, in the order of the repeats. */
export type Times = readonly number[];

/** What a benchmark found: a table for people, and its figures for programs. */
export interface Report {
  readonly title: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** Sentences under the table. */
  readonly notes: readonly string[];
  /** By name, which ends with the unit: `hh_psc_alpha.engine.ns`. */
  readonly figures: Readonly<Record<string, number>>;
  /** Why the figures are worthless, such as that two programs did not compute the same. */
  readonly problems: readonly string[];
}

/** The middle value; of an even number the mean of the two in the middle. NaN of none. */
export function median(values: Times): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}

/** The smallest value: the least disturbed repeat. NaN of none. */
export function minimum(values: Times): number {
  return values.length === 0 ? Number.NaN : Math.min(...values);
}

/**
 * The median of the ratios of repeats that were made one after the other: a disturbance that lasts longer than one repeat slows both
 * and leaves the ratio. NaN of none; surplus repeats of one candidate do not count.
 */
export function medianRatio(numerators: Times, denominators: Times): number {
  const pairs = Math.min(numerators.length, denominators.length);
  return median(numerators.slice(0, pairs).map((value, i) => value / (denominators[i] ?? Number.NaN)));
}

/**
 * Makes every candidate once, then again, `repeats` times in all (A, B, A, B, …), so that a slow period of the machine reaches all.
 * @returns per candidate what its repeats gave, in their order
 */
export function interleave<Result>(
  candidates: Readonly<Record<string, () => Result>>,
  repeats: number,
): Readonly<Record<string, readonly Result[]>> {
  const collected = Object.entries(candidates).map(([name, run]) => ({ name, run, results: [] as Result[] }));
  for (let repeat = 0; repeat < repeats; repeat += 1) {
    for (const { run, results } of collected) results.push(run());
  }
  return Object.fromEntries(collected.map(({ name, results }) => [name, results]));
}

/** Time of a call, by the clock that is given. */
export function timeOf(work: () => void, now: () => number): number {
  const start = now();
  work();
  return now() - start;
}

/** A number with about three significant digits; a dash for what was not measured. */
export function formatNumber(value: number | undefined): string {
  if (value === undefined || Number.isNaN(value)) return '–';
  const size = Math.abs(value);
  return value.toFixed(size >= 100 ? 0 : size >= 10 ? 1 : 2);
}

/** Whether a measured value meets its target, as a word. */
export function judge(value: number, target: number): 'met' | 'missed' {
  return value <= target ? 'met' : 'missed';
}

/** Rows under a head, columns as wide as needed: the first aligned left, the others right. Lines without trailing blanks. */
export function formatTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const all = [head, ...rows];
  const widths = head.map((_, column) => Math.max(...all.map((row) => (row[column] ?? '').length)));
  const line = (row: readonly string[]): string =>
    widths
      .map((width, column) => {
        const cell = row[column] ?? '';
        return column === 0 ? cell.padEnd(width) : cell.padStart(width);
      })
      .join('  ')
      .trimEnd();
  return [line(head), ...rows.map(line)].join('\n');
}

/** A report as text. */
export function formatReport({ title, head, rows, notes, problems }: Report): string {
  const table = rows.length === 0 ? [] : [formatTable(head, rows)];
  return [title, '', ...table, ...notes, ...problems.map((problem) => `PROBLEM: ${problem}`), ''].join('\n');
}

/** A report as Markdown, for a page of the documentation. */
export function formatMarkdown({ title, head, rows, notes }: Report): string {
  const line = (cells: readonly string[]): string => `| ${head.map((_, i) => cells[i] ?? '').join(' | ')} |`;
  const rule = head.map((_, i) => (i === 0 ? '---' : '---:'));
  return [
    `**${title}**`,
    '',
    ...[head, rule, ...rows].map(line),
    '',
    ...notes.map((note) => `- ${note}`),
    '',
  ].join('\n');
}
