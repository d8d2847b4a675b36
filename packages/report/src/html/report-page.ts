import type { Figure } from '../figure.ts';
import { renderSvg } from '../svg-plot.ts';
import { renderDescription } from './description.ts';
import { type Content, type Markup, tag, voidTag } from './markup.ts';
import { pageScript, pageScriptHash, plotStyle } from './page-assets.generated.ts';
import { pageStyle } from './page-style.ts';
import { canBeExplored, plotData } from './plot-data.ts';
import type { Report } from './report.ts';
import { reportSections, type Section, summaryList } from './sections.ts';

/**
 * A report as one HTML file that needs nothing else: no network, no other file. Without script its figures are pictures;
 * with it they can be zoomed and read. Equal reports give equal bytes.
 * @throws RangeError if a figure has columns of different lengths, or an empty domain
 */
export function renderReportHtml(report: Report): string {
  const description = renderDescription(report.description ?? '', symbolsOf(report));
  const sections = reportSections(report);
  const isDescribed = description.body.length > 0;
  const hasFailed = report.messages.some(({ severity }) => severity === 'error');
  const isFirst = ({ id }: Section) => hasFailed && id === 'messages';
  const first = sections.filter(isFirst);
  const rest: readonly Section[] = [
    ...(isDescribed ? [{ id: 'description', title: 'Description', content: description.body }] : []),
    ...sections.filter((section) => !isFirst(section)),
  ];
  const figures = report.figures.length > 0 ? [{ id: 'figures', title: 'Figures' }] : [];
  const body = tag('body', {}, [
    pageHeader(report, description.heading, [...first, ...figures, ...rest]),
    tag('main', {}, [
      report.summary.length > 0 ? summaryList(report.summary) : '',
      first.map(sectionPart),
      tag(
        'section',
        { id: 'figures' },
        report.figures.map((figure, i) => figurePart(figure, i, report.title)),
      ),
      rest.map(sectionPart),
    ]),
    tag('script', {}, { html: pageScript }),
  ]);
  return `<!DOCTYPE html>\n${tag('html', { lang: 'en' }, pageHead(report.title), body).html}\n`;
}

/** Nothing may be loaded, and no script may run but the one of the page, known by its hash. */
const POLICY = [
  "default-src 'none'",
  `script-src '${pageScriptHash}'`,
  "style-src 'unsafe-inline'",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

function pageHead(title: string): Markup {
  return tag('head', {}, [
    voidTag('meta', { charset: 'utf-8' }),
    voidTag('meta', { 'http-equiv': 'Content-Security-Policy', content: POLICY }),
    voidTag('meta', { name: 'viewport', content: 'width=device-width, initial-scale=1' }),
    voidTag('meta', { name: 'color-scheme', content: 'light dark' }),
    tag('title', {}, title),
    tag('style', {}, { html: plotStyle + pageStyle }),
  ]);
}

/** The names of the model that its equations and tables show. */
function symbolsOf({ equations, states, parameters }: Report): ReadonlySet<string> {
  const left = equations.flatMap((group) => group.equations.map((equation) => equation.left));
  return new Set([
    ...left.flatMap((formula) => (formula.kind === 'name' || formula.kind === 'call' ? [formula.name] : [])),
    ...[...states, ...parameters].map(({ name }) => name),
  ]);
}

function pageHeader(
  report: Report,
  heading: string | undefined,
  contents: readonly Pick<Section, 'id' | 'title'>[],
): Markup {
  const links = contents.map(({ id, title }) => tag('a', { href: `#${id}` }, title));
  return tag('header', {}, [
    tag('h1', {}, report.title, report.kind === undefined ? '' : [' ', tag('small', {}, report.kind)]),
    heading === undefined ? '' : tag('p', { class: 'lead' }, heading),
    links.length > 1 ? tag('nav', { 'aria-label': 'Contents' }, links) : '',
  ]);
}

function sectionPart({ id, title, content }: Section): Markup {
  return tag('section', { id }, tag('h2', {}, title), content);
}

/**
 * A figure: the picture, and the data from which the script of the page draws one to explore. A title that repeats the
 * title of the page is left out.
 */
function figurePart(figure: Figure, index: number, title: string): Markup {
  const isTitled = figure.title === title;
  const picture = tag(
    'div',
    { class: 'picture' },
    { html: renderSvg(figure, { width: 880, id: `figure-${index + 1}`, hasTitle: !isTitled }) },
  );
  const name = `${title}-${index + 1}`.replace(/[^\w.-]+/g, '_');
  const data: Content = canBeExplored(figure)
    ? tag('script', { type: 'application/json' }, { html: scriptJson(plotData(figure, name)) })
    : undefined;
  return tag('figure', { class: 'plot', 'data-title': isTitled ? undefined : figure.title }, picture, data);
}

/** JSON that can stand in a script element: it contains no `<`, so that it cannot end the element or open a comment. */
function scriptJson(value: unknown): string {
  return JSON.stringify(value).replaceAll('<', '\\u003c');
}
