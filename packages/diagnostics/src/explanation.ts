import type { MessageClass } from './diagnostic.ts';
import type { Example, MessageDefinition } from './messages.ts';
import { createPaint, type Paint, type Style } from './paint.ts';

/** What a class means for the user, for the head of an explanation. */
const CLASS_MEANING: Readonly<Record<MessageClass, string>> = {
  error: 'Error: nothing runs until it is repaired.',
  compat: 'Warning (`compat`): it runs, since published models do it; an error under `--strict`.',
  lint: 'Warning (`lint`): legal, but probably not what was meant.',
  note: 'Note: worth knowing, nothing to repair.',
};

const CLASS_STYLE: Readonly<Record<MessageClass, Style>> = {
  error: 'error',
  compat: 'warning',
  lint: 'warning',
  note: 'note',
};

/** The page of a code as Markdown: title, class, explanation, a failing and a repaired example. Ends with a line end. */
export function renderExplanationMarkdown(code: string, definition: MessageDefinition<never>): string {
  const { page } = definition;
  const sections = [
    `# \`${code}\``,
    `${page.title}.`,
    `*${CLASS_MEANING[definition.class]}*`,
    page.explanation.trim(),
    '## Example',
    exampleMarkdown(page.failing),
    '## Repaired',
    exampleMarkdown(page.repaired),
  ];
  return `${sections.join('\n\n')}\n`;
}

/** The same page for a terminal: headings and code are coloured or indented, Markdown marks are removed. */
export function renderExplanationTerminal(
  code: string,
  definition: MessageDefinition<never>,
  options: { readonly color: boolean },
): string {
  const paint = createPaint(options.color);
  const { page } = definition;
  const sections = [
    `${paint(CLASS_STYLE[definition.class], code)}${paint('strong', `: ${inline(page.title, paint)}`)}`,
    inline(CLASS_MEANING[definition.class], paint),
    terminalBlocks(page.explanation.trim(), paint),
    paint('strong', 'Example'),
    terminalBlocks(exampleMarkdown(page.failing), paint),
    paint('strong', 'Repaired'),
    terminalBlocks(exampleMarkdown(page.repaired), paint),
  ];
  return `${sections.join('\n\n')}\n`;
}

function exampleMarkdown(example: Example): string {
  const blocks: string[] = [];
  if (example.model !== undefined) blocks.push(fenced('nestml', example.model));
  if (example.problem !== undefined) blocks.push(fenced('json', example.problem));
  const command = example.command ?? (example.model === undefined ? undefined : 'check MODEL');
  if (command !== undefined)
    blocks.push(
      fenced(
        'sh',
        `nestml ${command.replaceAll('MODEL', 'model.nestml').replaceAll('PROBLEM', 'problem.json')}`,
      ),
    );
  return blocks.join('\n\n');
}

/** A code block whose fence is longer than any run of backticks inside. */
function fenced(language: string, text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map((run) => run[0].length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}${language}\n${text.replace(/\s+$/, '')}\n${fence}`;
}

/** Markdown as plain text: code blocks are indented, headings strong, code between backticks is kept or coloured. */
function terminalBlocks(markdown: string, paint: Paint): string {
  const output: string[] = [];
  let fence: string | undefined;
  for (const line of markdown.split('\n')) {
    const mark = /^\s*(`{3,})/.exec(line)?.[1];
    if (fence === undefined && mark !== undefined) fence = mark;
    else if (fence !== undefined && line.trim() === fence) fence = undefined;
    else if (fence !== undefined) output.push(`    ${line}`.trimEnd());
    else if (/^#+ /.test(line)) output.push(paint('strong', line.replace(/^#+ /, '')));
    else output.push(inline(line, paint));
  }
  return output.join('\n');
}

/** Emphasis marks are dropped; code keeps its backticks unless colour sets it off. */
function inline(line: string, paint: Paint): string {
  const isColored = paint('strong', 'x') !== 'x';
  return line
    .split(/(`[^`]+`)/)
    .map((part) => {
      if (/^`[^`]+`$/.test(part)) return isColored ? paint('note', part.slice(1, -1)) : part;
      return part.replace(/\*\*([^*]+)\*\*/g, '$1').replace(/\[([^\]]+)\]\(([^)]+)\)/g, '$1 ($2)');
    })
    .join('');
}
