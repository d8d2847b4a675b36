import { escapeXml } from '../svg-text.ts';

/** HTML that is already safe: made by `tag`, or by a renderer that escapes on its own. */
export interface Markup {
  readonly html: string;
}

/** What an element may hold: texts are escaped, markup is taken as it is. */
export type Content = string | Markup | undefined | readonly Content[];

/** Values are escaped; `true` gives an attribute without a value, `undefined` and `false` none. */
export type HtmlAttributes = Readonly<Record<string, string | number | boolean | undefined>>;

/** An element with an end tag. */
export function tag(name: string, attributes: HtmlAttributes, ...content: readonly Content[]): Markup {
  return { html: `<${name}${written(attributes)}>${contentOf(content)}</${name}>` };
}

/** An element without content, such as `meta`. */
export function voidTag(name: string, attributes: HtmlAttributes): Markup {
  return { html: `<${name}${written(attributes)}>` };
}

/** Several pieces one after another. */
export function fragment(...content: readonly Content[]): Markup {
  return { html: contentOf(content) };
}

function written(attributes: HtmlAttributes): string {
  return Object.entries(attributes)
    .filter(([, value]) => value !== undefined && value !== false)
    .map(([name, value]) => (value === true ? ` ${name}` : ` ${name}="${escapeXml(String(value))}"`))
    .join('');
}

function contentOf(content: Content): string {
  if (content === undefined) return '';
  if (typeof content === 'string') return escapeXml(content);
  return 'html' in content ? content.html : content.map(contentOf).join('');
}
