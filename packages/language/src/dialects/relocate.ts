import type { SourceFile, Span } from '@nestml/diagnostics';
import type { SourceMap } from './source-map.ts';

/**
 * Plain data with all its places moved to the old text: what has numbers `start` and `end` is a place; the source file of the translation
 * becomes that of the old text.
 */
export function relocate<T>(value: T, map: SourceMap, translated: SourceFile, original: SourceFile): T {
  const visit = (part: unknown): unknown => {
    if (part === translated) return original;
    if (Array.isArray(part)) return part.map(visit);
    if (typeof part !== 'object' || part === null) return part;
    const moved = Object.fromEntries(Object.entries(part).map(([key, inner]) => [key, visit(inner)]));
    return isSpan(part) ? { ...moved, ...map.originOf(part) } : moved;
  };
  return visit(value) as T;
}

function isSpan(value: object): value is Span {
  return (
    'start' in value && 'end' in value && typeof value.start === 'number' && typeof value.end === 'number'
  );
}
