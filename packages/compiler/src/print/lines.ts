const STEP = '    ';

/** Lines one level deeper. */
export function indented(lines: readonly string[]): readonly string[] {
  return lines.map((line) => (line === '' ? '' : STEP + line));
}

/** A block with its head; nothing if it has no lines. */
export function block(head: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : [`${head}:`, ...indented(lines)];
}

/** The text of a model from its blocks. */
export function modelText(name: string, blocks: readonly (readonly string[])[]): string {
  return [`model ${name}:`, ...indented(blocks.flat()), ''].join('\n');
}
