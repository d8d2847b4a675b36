/** Lines that a unified diff shows around a change. */
const contextLines = 3;

/** Longer changed parts are shown as one replacement: comparing all lines with all would take too long. */
const longestComparison = 2_000;

/** One line of the comparison. */
interface DiffLine {
  readonly mark: ' ' | '-' | '+';
  readonly text: string;
}

/**
 * The difference of two texts in the unified format (POSIX diff -u) without its two head lines, with three lines of context; empty if the texts are
 * equal.
 */
export function unifiedDiff(before: string, after: string): string {
  if (before === after) return '';
  const lines = compare(before.split('\n'), after.split('\n'));
  return hunksOf(lines)
    .map((hunk) => renderHunk(lines, hunk))
    .join('');
}

function compare(before: readonly string[], after: readonly string[]): readonly DiffLine[] {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) start += 1;
  let end = 0;
  while (end < shorter - start && before.at(-1 - end) === after.at(-1 - end)) end += 1;
  const kept = (text: string): DiffLine => ({ mark: ' ', text });
  return [
    ...before.slice(0, start).map(kept),
    ...compareMiddle(before.slice(start, before.length - end), after.slice(start, after.length - end)),
    ...before.slice(before.length - end).map(kept),
  ];
}

/** The longest common subsequence of lines, by dynamic programming. */
function compareMiddle(before: readonly string[], after: readonly string[]): readonly DiffLine[] {
  const removed = before.map((text): DiffLine => ({ mark: '-', text }));
  const added = after.map((text): DiffLine => ({ mark: '+', text }));
  if (before.length > longestComparison || after.length > longestComparison) return [...removed, ...added];
  const width = after.length + 1;
  // common[i * width + j] is the length of the longest common subsequence of before[i…] and after[j…].
  const common = new Uint16Array((before.length + 1) * width);
  for (let i = before.length - 1; i >= 0; i -= 1) {
    for (let j = after.length - 1; j >= 0; j -= 1) {
      common[i * width + j] =
        before[i] === after[j]
          ? common[(i + 1) * width + j + 1]! + 1
          : Math.max(common[(i + 1) * width + j]!, common[i * width + j + 1]!);
    }
  }
  const lines: DiffLine[] = [];
  let [i, j] = [0, 0];
  while (i < before.length && j < after.length) {
    if (before[i] === after[j]) {
      lines.push({ mark: ' ', text: before[i]! });
      i += 1;
      j += 1;
    } else if (common[(i + 1) * width + j]! >= common[i * width + j + 1]!) lines.push(removed[i++]!);
    else lines.push(added[j++]!);
  }
  return [...lines, ...removed.slice(i), ...added.slice(j)];
}

/** A part of the comparison, `end` exclusive. */
interface Hunk {
  readonly start: number;
  readonly end: number;
}

function hunksOf(lines: readonly DiffLine[]): readonly Hunk[] {
  const hunks: Hunk[] = [];
  lines.forEach(({ mark }, index) => {
    if (mark === ' ') return;
    const start = Math.max(0, index - contextLines);
    const end = Math.min(lines.length, index + contextLines + 1);
    const last = hunks.at(-1);
    if (last !== undefined && start <= last.end) hunks[hunks.length - 1] = { start: last.start, end };
    else hunks.push({ start, end });
  });
  return hunks;
}

function renderHunk(lines: readonly DiffLine[], { start, end }: Hunk): string {
  // What follows the last line break is not a line.
  const shown = lines
    .slice(start, end)
    .filter(({ mark, text }, index) => mark !== ' ' || text !== '' || start + index < lines.length - 1);
  const range = (without: DiffLine['mark']) => {
    const count = (some: readonly DiffLine[]) => some.filter(({ mark }) => mark !== without).length;
    return `${count(lines.slice(0, start)) + 1},${count(shown)}`;
  };
  return `@@ -${range('+')} +${range('-')} @@\n${shown.map(({ mark, text }) => `${mark}${text}\n`).join('')}`;
}
