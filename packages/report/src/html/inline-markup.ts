import { setSymbols } from '../math/author-latex.ts';
import { latexToMathMl } from '../math/math-ml.ts';
import { type Content, fragment, type Markup, tag } from './markup.ts';

/**
 * ``code``, :math:`…`, :role:`…`, `text <address>`_, `text`, **strong**, *emphasis*, [1]_ and bare addresses; the
 * delimiters of reStructuredText, for texts of one paragraph.
 */
const INLINE =
  /``(.+?)``|:([a-z:]+):`([^`]+)`|`([^`<]+?)\s*<(https?:[^\s<>`]+)>`_{0,2}|`([^`]+)`_{0,2}|\*\*(\S(?:.*?\S)?)\*\*|\*(\S(?:[^*]*?\S)?)\*(?!\w)|\[(#?\w+)\]_|(https?:\/\/[^\s<>"'`]*[\w/])/gs;

/**
 * A paragraph of a description.
 * @param symbols names of the model, which formulas show as the equations do
 */
export function inlineMarkup(text: string, symbols: ReadonlySet<string> = new Set()): Markup {
  const content: Content[] = [];
  let end = 0;
  for (const match of text.matchAll(INLINE)) {
    content.push(text.slice(end, match.index), inlineElement(match, symbols));
    end = match.index + match[0].length;
  }
  return fragment(content, text.slice(end));
}

function inlineElement(match: RegExpMatchArray, symbols: ReadonlySet<string>): Content {
  const [whole, code, role, roleText, linkText, address, plain, strong, emphasis, reference, url] = match;
  if (code !== undefined) return tag('code', {}, code);
  if (role !== undefined)
    return role === 'math' ? inlineMath(roleText ?? '', symbols) : tag('code', {}, roleText ?? '');
  if (address !== undefined) return link(address, linkText ?? address);
  if (plain !== undefined) return tag('code', {}, plain);
  if (strong !== undefined) return tag('strong', {}, strong);
  if (emphasis !== undefined) return tag('em', {}, emphasis);
  if (reference !== undefined) return `[${reference}]`;
  return url === undefined ? whole : link(url, url);
}

function inlineMath(latex: string, symbols: ReadonlySet<string>): Content {
  const math = latexToMathMl(setSymbols(latex, symbols), 'inline');
  return math === undefined ? tag('code', {}, latex) : { html: math };
}

function link(address: string, text: string): Markup {
  return tag('a', { href: address, rel: 'noopener noreferrer' }, text);
}
