/**
 * Breaks a text at blanks into lines of at most `columns` characters; continued lines begin with `indent`, the first with `first`. Longer
 * words stay whole.
 */
export function wrapText(text: string, columns: number, indent = '  ', first = ''): string {
  const lines: string[] = [''];
  for (const word of text.split(' ')) {
    const line = lines.at(-1)!;
    if (line.trim() !== '' && line.length + word.length + 1 > columns) lines.push(`${indent}${word}`);
    else lines[lines.length - 1] = lines.length === 1 && line === '' ? `${first}${word}` : `${line} ${word}`;
  }
  return lines.join('\n');
}
