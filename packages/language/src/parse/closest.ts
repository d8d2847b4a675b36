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
