import type { OldComment } from './old-words.ts';
import type { Line, Outline } from './outline.ts';
import type { Approximation } from './translation.ts';

/** How comments begin that a migration adds. */
const markWord = 'migrated';

/** A line of the translation and where its first word stands in the old text. */
interface PlacedLine {
  readonly line: Line;
  readonly start: number;
  readonly end: number;
}

/**
 * The outline with a comment above each line that an approximation is about; above what follows if the line itself is left out, or above the
 * last line if nothing follows.
 */
export function withMarks(outline: Outline, marks: readonly Approximation[], text: string): Outline {
  const placed = outline.lines.flatMap(placesOf).sort((one, other) => one.start - other.start);
  const comments = new Map<Line, string[]>();
  for (const { span, text: message } of marks) {
    const line = lineOf(placed, span.start, text);
    if (line === undefined) continue;
    const known = comments.get(line) ?? [];
    if (!known.includes(message)) comments.set(line, [...known, message]);
  }
  return { ...outline, lines: outline.lines.map((line) => addComments(line, comments)) };
}

function placesOf(line: Line): readonly PlacedLine[] {
  const { words, body = [] } = line;
  const inner = body.flatMap(placesOf);
  const [first] = words;
  if (first === undefined) return inner;
  return [{ line, start: first.span.start, end: words.at(-1)!.span.end }, ...inner];
}

/** The line in which a place of the old text lies, or the next one. */
function lineOf(placed: readonly PlacedLine[], offset: number, text: string): Line | undefined {
  let before = -1;
  while ((placed[before + 1]?.start ?? Number.POSITIVE_INFINITY) <= offset) before += 1;
  const found = placed[before];
  const isHere = found !== undefined && !/[\r\n]/.test(text.slice(found.end, offset));
  return (isHere ? found : (placed[before + 1] ?? found))?.line;
}

function addComments(line: Line, comments: ReadonlyMap<Line, readonly string[]>): Line {
  const own = comments.get(line) ?? [];
  const start = line.words[0]?.span.start ?? 0;
  const added = own.map(
    (message): OldComment => ({
      span: { start, end: start },
      isHash: false,
      lines: [`${markWord}: ${message}`],
      isOwnLine: true,
    }),
  );
  const before = [...line.before, ...added];
  if (line.body === undefined) return { ...line, before };
  return { ...line, before, body: line.body.map((inner) => addComments(inner, comments)) };
}
