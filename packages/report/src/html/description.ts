import { setSymbols } from '../math/author-latex.ts';
import { latexToMathMl } from '../math/math-ml.ts';
import { inlineMarkup } from './inline-markup.ts';
import { type Markup, tag } from './markup.ts';

/** A description, taken apart: its first heading, if it begins with one, and the rest. */
export interface Description {
  readonly heading?: string;
  readonly body: readonly Markup[];
}

/**
 * Sets the part of reStructuredText that comments of models use: headings, paragraphs, lists, literal blocks, tables
 * (as they are), formulas, references. What it does not know is shown as it is written. A heading `Description` is left
 * out: it says nothing on its page.
 * @param symbols names of the model, which formulas show as the equations do
 */
export function renderDescription(text: string, symbols: ReadonlySet<string> = new Set()): Description {
  const blocks = splitBlocks(text);
  const first = blocks[0];
  const heading = first === undefined ? undefined : headingOf(first);
  const rest = heading === undefined ? blocks : [[...(first ?? [])].slice(2), ...blocks.slice(1)];
  const shown = rest.filter((block) => block.length > 0 && headingOf(block)?.toLowerCase() !== 'description');
  const body = shown.map((block) => renderBlock(block, symbols));
  return heading === undefined ? { body } : { heading, body };
}

type Block = readonly string[];

/** Lines between blank lines, without indentation common to all. A directive keeps what is indented below it. */
function splitBlocks(text: string): readonly Block[] {
  const lines = withoutCommonIndent(
    text
      .replace(/\r\n?/g, '\n')
      .split('\n')
      .map((line) => line.trimEnd()),
  );
  const blocks: string[][] = [];
  let isOpen = false;
  for (const line of lines) {
    const last = blocks.at(-1);
    const isInside = last !== undefined && takesIndented(last) && /^\s/.test(line);
    if (line === '') {
      if (last !== undefined && takesIndented(last)) last.push('');
      isOpen = false;
    } else if (last !== undefined && (isInside || (isOpen && !line.startsWith('.. ')))) {
      last.push(line);
      isOpen = true;
    } else {
      blocks.push([line]);
      isOpen = true;
    }
  }
  return blocks.map((block) => trimEnd(block)).flatMap(splitHeading);
}

function withoutCommonIndent(lines: readonly string[]): readonly string[] {
  const indents = lines.filter((line) => line !== '').map((line) => line.search(/\S/));
  const common = Math.min(...indents);
  return lines.map((line) => line.slice(Number.isFinite(common) ? common : 0));
}

function trimEnd(block: Block): Block {
  const last = block.findLastIndex((line) => line !== '');
  return block.slice(0, last + 1);
}

/** Directives, and paragraphs that end in `::`. */
function takesIndented(block: Block): boolean {
  const first = block[0] ?? '';
  return first.startsWith('.. ') || (block.findLast((line) => /^\S/.test(line)) ?? '').endsWith('::');
}

/** A heading may be followed by text without a blank line. */
function splitHeading(block: Block): readonly Block[] {
  if (headingOf(block) === undefined || block.length === 2) return [block];
  return [block.slice(0, 2), block.slice(2)];
}

function headingOf(block: Block): string | undefined {
  const [title = '', rule = ''] = block;
  return /^([=\-+#~^*"'.:_])\1{2,}$/.test(rule) && /^\S/.test(title) && /\w/.test(title) ? title : undefined;
}

function renderBlock(block: Block, symbols: ReadonlySet<string>): Markup {
  const [first = ''] = block;
  const heading = headingOf(block);
  if (heading !== undefined) return tag('h3', {}, inlineMarkup(heading, symbols));
  const directive = /^\.\. ([\w-]+)::\s*(.*)$/.exec(first);
  if (directive !== null) return renderDirective(directive[1] ?? '', directive[2] ?? '', block, symbols);
  const reference = /^\.\. \[(#?\w+)\]\s*(.*)$/.exec(first);
  if (reference !== null) return renderReference(reference[1] ?? '', [reference[2] ?? '', ...block.slice(1)]);
  if (/^(\+[-=+]+\+|=+( +=+)+)$/.test(first)) return tag('pre', {}, block.join('\n'));
  if (/^([-*+]|\d+\.|#\.)\s/.test(first)) return renderList(block, symbols);
  if (takesIndented(block) && block.some((line) => /^\s/.test(line))) return renderLiteral(block, symbols);
  return tag('p', {}, inlineMarkup(block.join('\n'), symbols));
}

function renderDirective(name: string, argument: string, block: Block, symbols: ReadonlySet<string>): Markup {
  const indented = block.slice(1).map((line) => line.trim());
  const body = [argument, ...indented.filter((line) => !/^:[\w-]+:/.test(line))];
  if (name === 'math') {
    const formulas = paragraphsOf(body);
    return tag(
      'div',
      { class: 'math' },
      formulas.map((latex) => renderMath(latex, symbols)),
    );
  }
  if (['note', 'warning', 'important', 'tip', 'hint', 'caution'].includes(name)) {
    return tag(
      'aside',
      {},
      paragraphsOf(body).map((text) => tag('p', {}, inlineMarkup(text, symbols))),
    );
  }
  return tag('pre', {}, block.join('\n'));
}

function paragraphsOf(lines: readonly string[]): readonly string[] {
  return lines
    .join('\n')
    .split(/\n\n+/)
    .map((text) => text.trim())
    .filter((text) => text !== '');
}

function renderMath(written: string, symbols: ReadonlySet<string>): Markup {
  const latex = setSymbols(written, symbols);
  const isAligned = /&|\\\\/.test(latex) && !latex.includes('\\begin');
  const math = latexToMathMl(isAligned ? `\\begin{aligned} ${latex} \\end{aligned}` : latex, 'block');
  return math === undefined ? tag('pre', {}, written) : { html: math };
}

function renderReference(label: string, lines: readonly string[]): Markup {
  const text = lines.map((line) => line.trim()).join(' ');
  return tag(
    'p',
    { class: 'reference' },
    tag('span', {}, `[${label.replace('#', '')}]`),
    ' ',
    inlineMarkup(text),
  );
}

function renderList(block: Block, symbols: ReadonlySet<string>): Markup {
  const items: string[] = [];
  for (const line of block) {
    const item = /^(?:[-*+]|\d+\.|#\.)\s+(.*)$/.exec(line);
    if (item !== null) items.push(item[1] ?? '');
    else items.push(`${items.pop() ?? ''} ${line.trim()}`);
  }
  const name = /^[-*+]/.test(block[0] ?? '') ? 'ul' : 'ol';
  return tag(
    name,
    {},
    items.map((item) => tag('li', {}, inlineMarkup(item, symbols))),
  );
}

function renderLiteral(block: Block, symbols: ReadonlySet<string>): Markup {
  const start = block.findIndex((line) => /^\s/.test(line));
  const text = block
    .slice(0, start)
    .filter((line) => line !== '')
    .join('\n')
    .replace(/::$/, ':');
  const literal = block.slice(start);
  return tag(
    'div',
    {},
    tag('p', {}, inlineMarkup(text, symbols)),
    tag('pre', {}, withoutCommonIndent(literal).join('\n')),
  );
}
