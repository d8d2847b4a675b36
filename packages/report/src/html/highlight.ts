import { type Content, fragment, type Markup, tag } from './markup.ts';

/** The words of the language that a listing sets apart. */
const KEYWORDS: ReadonlySet<string> = new Set(
  `model neuron synapse function state equations parameters internals input output update onReceive onCondition
  kernel inline recordable homogeneous if elif else for in step while return and or not true false inf spike
  continuous pre post excitatory inhibitory integer real string boolean void`.split(/\s+/),
);

const TOKEN =
  /(#[^\n]*|"""[\s\S]*?(?:"""|$))|("[^"\n]*"?)|(\d+\.?\d*(?:[eE][-+]?\d+)?|\.\d+(?:[eE][-+]?\d+)?)|([A-Za-z_]\w*)/g;

/** The lines of a model, coloured; together they hold exactly the text. */
export function highlightLines(text: string): readonly Markup[] {
  const lines: Content[][] = [[]];
  const add = (part: string, style: string | undefined) => {
    part.split('\n').forEach((piece, i) => {
      if (i > 0) lines.push([]);
      if (piece !== '')
        lines.at(-1)?.push(style === undefined ? piece : tag('span', { class: style }, piece));
    });
  };
  const source = text.replaceAll('\r\n', '\n');
  let end = 0;
  for (const match of source.matchAll(TOKEN)) {
    add(source.slice(end, match.index), undefined);
    add(match[0], styleOf(match));
    end = match.index + match[0].length;
  }
  add(source.slice(end), undefined);
  if (lines.length > 1 && lines.at(-1)?.length === 0) lines.pop();
  return lines.map((line) => fragment(line));
}

function styleOf([, comment, string, number, word]: RegExpMatchArray): string | undefined {
  if (comment !== undefined) return 'c';
  if (string !== undefined) return 's';
  if (number !== undefined) return 'n';
  return word !== undefined && KEYWORDS.has(word) ? 'k' : undefined;
}
