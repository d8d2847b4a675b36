/**
 * A text that two values share exactly if they are equal in structure: the same plain values in the same places, and the same objects
 * used at the same places, so that a graph is written once. Properties in `omitted` are left out; functions, symbols and class instances
 * must not occur elsewhere. Work and length grow with the number of objects.
 */
export function fingerprint(value: unknown, omitted: ReadonlySet<string>): string {
  const numbers = new Map<object, number>();
  const write = (part: unknown): string => {
    if (typeof part !== 'object' || part === null) return writeScalar(part);
    const known = numbers.get(part);
    if (known !== undefined) return `#${known}`;
    numbers.set(part, numbers.size);
    if (Array.isArray(part)) return `[${part.map(write).join(',')}]`;
    return writeProperties(part);
  };
  const writeProperties = (part: object): string => {
    let text = '{';
    const entries: Readonly<Record<string, unknown>> = { ...part };
    for (const key of Object.keys(entries).sort()) {
      const entry = entries[key];
      if (entry === undefined || omitted.has(key)) continue;
      text += `${text.length > 1 ? ',' : ''}${key}:${write(entry)}`;
    }
    return `${text}}`;
  };
  return write(value);
}

function writeScalar(value: unknown): string {
  if (typeof value === 'number') return Object.is(value, -0) ? '-0' : String(value);
  return typeof value === 'string' ? JSON.stringify(value) : String(value);
}
