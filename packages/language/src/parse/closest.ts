/**
 * The number of single-character edits between two words: insert, delete, replace, swap of neighbours (restricted
 * Damerau-Levenshtein distance).
 */
export function editDistance(first: string, second: string): number {
  let beforePrevious: number[] = [];
  let previous = Array.from({ length: second.length + 1 }, (_, column) => column);
  for (let row = 1; row <= first.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= second.length; column += 1) {
      const replaced = previous[column - 1]! + (first[row - 1] === second[column - 1] ? 0 : 1);
      let best = Math.min(replaced, previous[column]! + 1, current[column - 1]! + 1);
      const isSwap = first[row - 1] === second[column - 2] && first[row - 2] === second[column - 1];
      if (row > 1 && column > 1 && isSwap) best = Math.min(best, beforePrevious[column - 2]! + 1);
      current.push(best);
    }
    beforePrevious = previous;
    previous = current;
  }
  return previous[second.length]!;
}

/** Longer words are not worth comparing: nobody writes such names by hand. */
const longestWord = 100;

/**
 * The candidate that `name` was probably meant to be, or undefined if none is near. A difference in upper and lower case
 * alone always counts as near; otherwise one edit is allowed per three characters of `name`, at most three. The first
 * of several equally near candidates wins.
 */
export function closestName(name: string, candidates: Iterable<string>): string | undefined {
  if (name.length > longestWord) return undefined;
  const folded = name.toLowerCase();
  let limit = Math.min(3, Math.floor(name.length / 3));
  let closest: string | undefined;
  for (const candidate of candidates) {
    if (candidate === name || Math.abs(candidate.length - name.length) > 3) continue;
    const foldedCandidate = candidate.toLowerCase();
    if (foldedCandidate === folded) return candidate;
    const distance = editDistance(folded, foldedCandidate);
    if (distance > limit) continue;
    closest = candidate;
    limit = distance - 1;
  }
  return closest;
}

/** A name that may have been meant. */
export interface NearName {
  readonly name: string;
  /** Whether it can hardly be anything else, so that a program may write it. */
  readonly isCertain: boolean;
}

/**
 * The declared name that was probably meant by an undeclared one. Names that differ in case and underscores alone come first (`gNa` for
 * `g_Na`), then slips of the hand, then other near names. Certain are the first two, if only one name fits: `tau_w` for `tau_m` is near, but
 * another thing.
 */
export function nearestName(name: string, candidates: Iterable<string>): NearName | undefined {
  if (name.length > longestWord) return undefined;
  const others = [...new Set(candidates)].filter((candidate) => candidate !== name);
  const folded = fold(name);
  const same = folded === '' ? [] : others.filter((candidate) => fold(candidate) === folded);
  if (same.length > 0) return { name: same[0]!, isCertain: same.length === 1 && folded.length > 1 };
  const slips = others.filter((candidate) => isSlip(name, candidate));
  if (slips.length > 0) return { name: slips[0]!, isCertain: slips.length === 1 };
  const beside = others.filter((candidate) => isOtherIndex(name, candidate) && isBesideKey(name, candidate));
  const near =
    beside.length === 1
      ? beside[0]
      : closestName(
          name,
          others.filter((candidate) => !isOtherIndex(name, candidate)),
        );
  return near === undefined ? undefined : { name: near, isCertain: false };
}

const rowsOfKeys: readonly string[] = ['qwertyuiop', 'qwertzuiop', 'asdfghjkl', 'zxcvbnm', '1234567890'];

/** Whether names of one length differ in a single letter, whose keys are neighbours: `tau_n` and `tau_m`. */
function isBesideKey(first: string, second: string): boolean {
  const places = [...first].flatMap((letter, place) => (letter === second[place] ? [] : [place]));
  if (first.length !== second.length || first.length < shortestSlip || places.length !== 1) return false;
  const [a, b] = [first[places[0]!]!, second[places[0]!]!];
  return rowsOfKeys.some((row) => row.includes(`${a}${b}`) || row.includes(`${b}${a}`));
}

/** Whether the names differ in a part of one letter, as `tau_m` and `tau_w` or `C_m` and `V_m` do: they are meant to differ. */
function isOtherIndex(first: string, second: string): boolean {
  const [a, b] = [first.split('_'), second.split('_')];
  return (
    a.length === b.length &&
    a.some((part, index) => part !== b[index] && part.length + b[index]!.length === 2)
  );
}

function fold(name: string): string {
  return name.toLowerCase().replaceAll('_', '');
}

/** Shorter names have too many neighbours that mean something else. */
const shortestSlip = 4;
/** A part between underscores is a word only from this length on; below it, as in `g_N` and `g_Na`, every letter tells. */
const shortestPart = 3;

/** Whether one name becomes the other by swapping two neighbours, or by a letter missing or too many in a longer part. */
function isSlip(first: string, second: string): boolean {
  if (Math.min(first.length, second.length) < shortestSlip || Math.abs(first.length - second.length) > 1)
    return false;
  const [a, b] = [first.toLowerCase(), second.toLowerCase()];
  let start = 0;
  while (start < a.length && a[start] === b[start]) start += 1;
  if (a.length === b.length) {
    const isSwap = a[start] === b[start + 1] && a[start + 1] === b[start];
    return isSwap && a.slice(start + 2) === b.slice(start + 2);
  }
  const [short, long] = a.length < b.length ? [a, b] : [b, a];
  const isOneMore = short.slice(start) === long.slice(start + 1);
  const isLetter = /[a-z]/.test(long[start]!);
  return isOneMore && isLetter && partAt(long, start).length >= shortestPart;
}

/** The part between underscores around a position. */
function partAt(name: string, position: number): string {
  const start = name.lastIndexOf('_', position) + 1;
  const end = name.indexOf('_', position);
  return name.slice(start, end === -1 ? undefined : end);
}
