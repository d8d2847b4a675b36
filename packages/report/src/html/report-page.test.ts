import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { type DefaultTreeAdapterTypes, parse } from 'parse5';
import { describe, expect, it } from 'vitest';
import { type Figure, timeAxis } from '../figure.ts';
import type { Formula } from '../math/formula.ts';
import { pageScript } from './page-assets.generated.ts';
import type { Report } from './report.ts';
import { renderReportHtml } from './report-page.ts';

type Node = DefaultTreeAdapterTypes.Node;
type Element = DefaultTreeAdapterTypes.Element;

const name = (text: string): Formula => ({ kind: 'name', name: text });

function figureOf(samples: number, text = 'V_m'): Figure {
  const x = Float64Array.from({ length: samples }, (_, k) => (k + 1) * 0.1);
  return {
    title: text,
    x: timeAxis([0, 20]),
    panels: [
      {
        kind: 'trace',
        y: { label: text, unit: 'mV' },
        series: ['V_m', 'g_ex', 'g_in'].map((series, i) => ({
          name: series,
          x,
          y: x.map((t) => Math.sin(t + i)),
        })),
        spikes: [{ name: text, times: [12.5, 3] }],
        lines: [{ value: 0.5, label: text }],
      },
      { kind: 'raster', label: text, trains: [{ name: text, times: [1, 2] }] },
      {
        kind: 'trace',
        y: { label: 'I_stim', unit: 'pA' },
        series: [],
        steps: [{ name: text, starts: [0, 5], values: [0, 300] }],
      },
    ],
  };
}

/** A report with the same text in every place that takes one. */
function reportOf(text: string, samples = 200): Report {
  return {
    title: text,
    kind: text,
    description: `${text}\n\n.. math::\n\n   ${text}\n\n- ${text}\n\n.. [1] ${text}\n`,
    figures: [figureOf(samples, text)],
    summary: [
      { label: text, value: text, unit: text, note: text },
      { label: 'Spikes', value: 9 },
      { label: 'CV', value: Number.NaN, unit: 'Hz' },
    ],
    equations: [
      { title: text, equations: [{ left: name(text), right: { kind: 'text', text }, description: text }] },
      { title: 'none', equations: [] },
    ],
    states: [{ name: text, initial: -65, default: -65, unit: 'mV', description: text }],
    parameters: [
      { name: 'g_Na', value: 12_500, default: 12_000, unit: 'nS', constraint: text, description: text },
      { name: 'g_K', value: [1, 2], default: [1, 2], unit: text },
    ],
    ports: [
      { name: text, direction: 'input', signal: 'spike', qualifiers: [text], unit: text, stimulus: text },
    ],
    solvers: [{ states: [text], integratedBy: text, solver: text, reason: text }],
    printed: [{ time: 1.5, text }],
    messages: [{ severity: 'warning', code: text, message: text, line: 1 }],
    source: { file: text, text: `model a:\n    # ${text}\n    x real = 1.5 # "${text}"\n` },
    reproduction: { commands: [text], versions: [{ name: text, version: text }], notes: [text] },
  };
}

const empty: Report = {
  title: 'a',
  figures: [],
  summary: [],
  equations: [],
  states: [],
  parameters: [],
  ports: [],
  solvers: [],
  messages: [],
};

function childrenOf(node: Node): readonly Node[] {
  return 'childNodes' in node ? node.childNodes : [];
}

function elements(node: Node, tag?: string): readonly Element[] {
  const below = childrenOf(node).flatMap((child) => elements(child, tag));
  return 'tagName' in node && (tag === undefined || node.tagName === tag) ? [node, ...below] : below;
}

function textOf(node: Node): string {
  return node.nodeName === '#text' && 'value' in node ? node.value : childrenOf(node).map(textOf).join('');
}

function attribute(element: Element, wanted: string): string | undefined {
  return element.attrs.find((one) => one.name === wanted)?.value;
}

function byId(root: Node, id: string): Element | undefined {
  return elements(root).find((element) => attribute(element, 'id') === id);
}

describe('a report page', () => {
  const page = parse(renderReportHtml(reportOf('iaf_neuron')));

  it('is well-formed HTML', () => {
    const problems: string[] = [];
    parse(renderReportHtml(reportOf('iaf_neuron')), { onParseError: ({ code }) => problems.push(code) });
    expect(problems).toEqual([]);
  });

  it('has a section for each kind of content, in order, and a table of contents that leads there', () => {
    const titles = elements(page, 'h2').map(textOf);
    expect(titles).toEqual([
      'Description',
      'Messages of the run',
      'Printed by the model',
      'Equations',
      'State variables',
      'Parameters',
      'Ports',
      'Solvers',
      'Model source',
      'Reproduction',
    ]);
    const nav = elements(page, 'nav')[0];
    const targets =
      nav === undefined ? [] : elements(nav, 'a').map((link) => attribute(link, 'href')?.slice(1));
    expect(targets).toHaveLength(titles.length + 1);
    expect(targets.every((id) => id !== undefined && byId(page, id) !== undefined)).toBe(true);
  });

  it('has unique ids', () => {
    const ids = elements(page).flatMap((element) => attribute(element, 'id') ?? []);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('marks parameters that were changed, and only those', () => {
    expect(elements(page, 'mark').map(textOf)).toEqual(['12500']);
    expect(textOf(byId(page, 'states') ?? page)).toContain('All have their default values.');
    expect(textOf(byId(page, 'parameters') ?? page)).toContain('1 of 2 differs from the default.');
  });

  it('puts messages first where the run failed, errors before warnings', () => {
    const messages = (['warning', 'error'] as const).map((severity) => ({
      severity,
      code: `a-${severity}`,
      message: `\`V_m\` is ${severity}`,
    }));
    const failed = parse(renderReportHtml({ ...reportOf('iaf_neuron'), messages }));
    const sections = elements(failed, 'section').map((section) => attribute(section, 'id'));
    expect(sections.slice(0, 3)).toEqual(['messages', 'figures', 'description']);
    const items = elements(byId(failed, 'messages') ?? failed, 'li');
    expect(items.map(textOf)).toEqual(['error V_m is error a-error', 'warning V_m is warning a-warning']);
    expect(elements(items[0] ?? failed, 'code').map(textOf)).toEqual(['V_m', 'a-error']);
  });

  it('says which call integrates a group, and what kind of port it is', () => {
    expect(elements(byId(page, 'solvers') ?? page, 'th').map(textOf)).toContain('Integrated by');
    const ports = {
      ...empty,
      ports: [{ name: 'exc', direction: 'input', signal: 'spike', qualifiers: ['excitatory'] }],
    } as const;
    expect(textOf(byId(parse(renderReportHtml(ports)), 'ports') ?? page)).toContain('excitatory spike port');
  });

  it('does not repeat its title above the figure', () => {
    const figure = elements(page, 'figure')[0] ?? page;
    const headings = (root: Node) =>
      elements(root, 'text')
        .filter((text) => attribute(text, 'font-weight') === '600')
        .map(textOf);
    expect(headings(figure)).toEqual([]);
    expect('tagName' in figure && attribute(figure, 'data-title')).toBeUndefined();
    const other = parse(renderReportHtml({ ...empty, figures: [figureOf(3, 'another')] }));
    expect(attribute(elements(other, 'figure')[0]!, 'data-title')).toBe('another');
    expect(headings(other)).toEqual(['another']);
  });

  it('lists every line of the model with a target for messages', () => {
    const lines = elements(page).filter((element) => attribute(element, 'class') === 'line');
    expect(lines.map(textOf).join('')).toBe(reportOf('iaf_neuron').source?.text);
    expect(attribute(lines[1] ?? elements(page)[0]!, 'id')).toBe('line-2');
    const links = elements(byId(page, 'messages') ?? page, 'a');
    expect(links.map((link) => attribute(link, 'href'))).toEqual(['#line-1']);
  });

  it('shows a picture of each figure without script, and the data beside it', () => {
    const figure = elements(page, 'figure')[0] ?? page;
    expect(elements(figure, 'svg')).toHaveLength(1);
    const data: unknown = JSON.parse(elements(figure, 'script').map(textOf).join(''));
    expect(data).toMatchObject({
      x: { title: 'time (ms)', domain: [0, 20] },
      panels: [
        {
          kind: 'trace',
          curves: [
            { x: 0, y: 1 },
            { x: 0, y: 2 },
            { x: 0, y: 3 },
          ],
        },
        { kind: 'raster', trains: [{ name: 'iaf_neuron' }] },
        { kind: 'raster' },
        { kind: 'trace', curves: [{ mark: 'steps' }] },
      ],
    });
  });

  it('needs nothing from anywhere, and lets no other script run', () => {
    const loading = ['src', 'srcset', 'data', 'action'];
    expect(
      elements(page).flatMap((element) => element.attrs.filter((one) => loading.includes(one.name))),
    ).toEqual([]);
    expect(elements(page, 'link')).toEqual([]);
    const policy = elements(page, 'meta').map((meta) => attribute(meta, 'content'));
    const hash = createHash('sha256').update(pageScript).digest('base64');
    expect(policy.join()).toContain(`default-src 'none'; script-src 'sha256-${hash}';`);
  });

  it('is a picture only where positions do not ascend', () => {
    const loop: Figure = {
      title: 'phase plane',
      x: { label: 'V_m' },
      panels: [{ kind: 'trace', y: { label: 'w' }, series: [{ name: 'w', x: [0, 1, 0], y: [0, 1, 2] }] }],
    };
    const figure = elements(parse(renderReportHtml({ ...empty, figures: [loop] })), 'figure')[0];
    expect(figure === undefined ? [] : elements(figure, 'script')).toEqual([]);
  });

  it('leaves out what is empty', () => {
    const html = renderReportHtml(empty);
    expect(elements(parse(html), 'h2')).toEqual([]);
    expect(elements(parse(html), 'dl')).toEqual([]);
  });

  it('has the same bytes for the same report', () => {
    expect(renderReportHtml(reportOf('a'))).toBe(renderReportHtml(reportOf('a')));
  });
});

describe('texts of a report', () => {
  const hostile = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom(
      '</script><script>alert(1)</script>',
      '<!--<script>',
      '"><img src=x onerror=alert(1)>',
      "' onmouseover='alert(1)",
      '</style><svg onload=alert(1)>',
      ']]></math><a href="javascript:alert(1)">',
      '`x <javascript:alert(1)>`_ `y <https://a.b/"onclick=alert(1)>`_',
      '\\href{javascript:alert(1)}{x} \\text{</math><script>}',
      'model `alert(1)` \u2028 \u0000 &amp; &#60;',
    ),
  );

  it('never become elements, attributes or scripts', () => {
    const expected = elements(parse(renderReportHtml(reportOf('x'))), 'script').length;
    fc.assert(
      fc.property(hostile, (text) => {
        const page = parse(renderReportHtml(reportOf(text, 3)));
        const scripts = elements(page, 'script');
        expect(scripts).toHaveLength(expected);
        expect(scripts.map(textOf).at(-1)).toBe(pageScript);
        expect(elements(page, 'img').concat(elements(page, 'iframe'), elements(page, 'object'))).toEqual([]);
        const attributes = elements(page).flatMap((element) => element.attrs);
        expect(attributes.filter((one) => one.name.startsWith('on'))).toEqual([]);
        const links = attributes.filter((one) => one.name === 'href').map((one) => one.value);
        expect(links.every((link) => /^(#[\w-]+$|https?:\/\/)/.test(link))).toBe(true);
      }),
      { seed: 1, numRuns: 60 },
    );
  });

  it('are shown as they are', () => {
    const text = 'a < b && "c" <i>\'d\'</i> &amp; </script>';
    const page = parse(renderReportHtml(reportOf(text)));
    expect(textOf(elements(page, 'title')[0] ?? page)).toBe(text);
    expect(textOf(byId(page, 'solvers') ?? page)).toContain(text);
    expect(textOf(byId(page, 'source') ?? page)).toContain(`# ${text}\n`);
    expect(textOf(byId(page, 'reproduction') ?? page)).toContain(text);
  });
});

describe('the size of a page', () => {
  it('is below 120 kB without data, and 6 bytes for each sample of a long run', () => {
    const start = renderReportHtml(empty).length;
    expect(start).toBeLessThan(120_000);
    const samples = 200_000;
    const long = renderReportHtml({ ...empty, figures: [figureOf(samples)] }).length;
    const picture = 200_000;
    expect(long).toBeLessThan(start + picture + 6 * 3 * samples);
  });
});
