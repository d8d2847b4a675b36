import { formulaToLatex } from '../math/latex.ts';
import { formulaToMathMl } from '../math/math-ml.ts';
import { highlightLines } from './highlight.ts';
import { type Content, type Markup, tag } from './markup.ts';
import type {
  Equation,
  EquationGroup,
  ParameterRow,
  PortRow,
  Report,
  ReportMessage,
  ReportSource,
  Reproduction,
  SolverRow,
  StateRow,
  SummaryItem,
} from './report.ts';
import { isChanged, numberText, shownUnit, valueText } from './values.ts';

/** A part of a page that the table of contents names. */
export interface Section {
  readonly id: string;
  readonly title: string;
  readonly content: Content;
}

/** The sections of a report behind its figures, in the order of the page; those without content are left out. */
export function reportSections(report: Report): readonly Section[] {
  const sections: readonly (Section & { readonly isEmpty: boolean })[] = [
    {
      id: 'messages',
      title: 'Messages of the run',
      content: messageList(report.messages, report.source !== undefined),
      isEmpty: report.messages.length === 0,
    },
    {
      id: 'equations',
      title: 'Equations',
      content: equationGroups(report.equations),
      isEmpty: report.equations.every((group) => group.equations.length === 0),
    },
    {
      id: 'states',
      title: 'State variables',
      content: stateTable(report.states),
      isEmpty: report.states.length === 0,
    },
    {
      id: 'parameters',
      title: 'Parameters',
      content: parameterTable(report.parameters),
      isEmpty: report.parameters.length === 0,
    },
    { id: 'ports', title: 'Ports', content: portTable(report.ports), isEmpty: report.ports.length === 0 },
    {
      id: 'solvers',
      title: 'Solvers',
      content: solverTable(report.solvers),
      isEmpty: report.solvers.length === 0,
    },
    {
      id: 'source',
      title: 'Model source',
      content: report.source && sourceListing(report.source),
      isEmpty: report.source === undefined,
    },
    {
      id: 'reproduction',
      title: 'Reproduction',
      content: report.reproduction && reproduction(report.reproduction),
      isEmpty: report.reproduction === undefined,
    },
  ];
  return sections.filter((section) => !section.isEmpty);
}

/** The figures of merit of a run, side by side. */
export function summaryList(items: readonly SummaryItem[]): Markup {
  const entries = items.map(({ label, value, unit, note }) => {
    const shown = typeof value === 'number' ? numberText(value, 6) : value;
    const hasUnit = shownUnit(unit) !== '' && !Number.isNaN(value);
    return tag('div', { title: note }, [
      tag('dt', {}, label),
      tag('dd', {}, shown, hasUnit ? [' ', tag('span', { class: 'unit' }, shownUnit(unit))] : ''),
    ]);
  });
  return tag('dl', { class: 'summary' }, entries);
}

/** Sums longer than this number of characters are set on several lines. */
const EQUATION_WIDTH = 88;

function equationGroups(groups: readonly EquationGroup[]): Content {
  const filled = groups.filter((group) => group.equations.length > 0);
  const latex = filled.map((group) => alignedLatex(group)).join('\n\n');
  return [
    filled.map((group) => [
      tag('h3', {}, group.title),
      tag('div', { class: 'scroll' }, tag('table', { class: 'equations' }, group.equations.map(equationRow))),
    ]),
    tag(
      'details',
      { class: 'latex' },
      tag('summary', {}, 'LaTeX of these equations'),
      tag('pre', { 'data-copy': true }, latex),
    ),
  ];
}

function equationRow({ left, right, description }: Equation): Markup {
  return tag('tr', {}, [
    tag('td', {}, { html: formulaToMathMl(left, 'block') }),
    tag('td', {}, '='),
    tag('td', {}, { html: formulaToMathMl(right, 'block', { width: EQUATION_WIDTH }) }),
    tag('td', {}, description),
  ]);
}

function alignedLatex({ title, equations }: EquationGroup): string {
  const lines = equations.map(
    ({ left, right }) => `  ${formulaToLatex(left)} &= ${formulaToLatex(right, { width: EQUATION_WIDTH })}`,
  );
  return `% ${title.replace(/\s+/g, ' ')}\n\\begin{align}\n${lines.join(' \\\\\n')}\n\\end{align}`;
}

interface Column {
  readonly header: string;
  readonly isNumeric?: boolean;
}

function dataTable(columns: readonly Column[], rows: readonly (readonly Content[])[]): Markup {
  const style = (column: Column | undefined) => (column?.isNumeric === true ? 'number' : undefined);
  const head = columns.map((column) => tag('th', { scope: 'col', class: style(column) }, column.header));
  const body = rows.map((cells) =>
    tag(
      'tr',
      {},
      cells.map((cell, i) => tag('td', { class: style(columns[i]) }, cell)),
    ),
  );
  return tag(
    'div',
    { class: 'scroll' },
    tag('table', { class: 'data' }, tag('thead', {}, tag('tr', {}, head)), tag('tbody', {}, body)),
  );
}

function stateTable(rows: readonly StateRow[]): Markup {
  const columns = [
    { header: 'Name' },
    { header: 'Initial value', isNumeric: true },
    { header: 'Unit' },
    { header: 'Description' },
  ];
  return dataTable(
    columns,
    rows.map((row) => [
      tag('code', {}, row.name),
      valueText(row.initial),
      shownUnit(row.unit),
      row.description,
    ]),
  );
}

function parameterTable(rows: readonly ParameterRow[]): Content {
  const changed = rows.filter((row) => isChanged(row.value, row.default)).length;
  const hasConstraints = rows.some((row) => row.constraint !== undefined);
  const columns = [
    { header: 'Name' },
    { header: 'Value used', isNumeric: true },
    { header: 'Default', isNumeric: true },
    { header: 'Unit' },
    ...(hasConstraints ? [{ header: 'Must hold' }] : []),
    { header: 'Description' },
  ];
  const cells = rows.map((row) => {
    const value = valueText(row.value);
    return [
      tag('code', {}, row.name),
      isChanged(row.value, row.default) ? tag('mark', { title: 'differs from the default' }, value) : value,
      valueText(row.default),
      shownUnit(row.unit),
      ...(hasConstraints ? [row.constraint === undefined ? '' : tag('code', {}, row.constraint)] : []),
      row.description,
    ];
  });
  const count = `${changed} of ${rows.length} ${changed === 1 ? 'differs' : 'differ'} from the default.`;
  return [
    tag('p', { class: 'note' }, changed === 0 ? 'All have their default values.' : count),
    dataTable(columns, cells),
  ];
}

function portTable(rows: readonly PortRow[]): Markup {
  const columns = ['Name', 'Kind', 'Unit', 'Stimulus in this run', 'Description'].map((header) => ({
    header,
  }));
  return dataTable(
    columns,
    rows.map((row) => [
      tag('code', {}, row.name),
      [...(row.qualifiers ?? []), row.signal, row.direction].join(' '),
      shownUnit(row.unit),
      row.stimulus,
      row.description,
    ]),
  );
}

function solverTable(rows: readonly SolverRow[]): Markup {
  const columns = ['Group', 'Solver', 'Reason'].map((header) => ({ header }));
  return dataTable(
    columns,
    rows.map((row) => [
      row.states.flatMap((state, i) => [i === 0 ? '' : ', ', tag('code', {}, state)]),
      row.solver,
      row.reason,
    ]),
  );
}

function messageList(messages: readonly ReportMessage[], hasSource: boolean): Markup {
  const items = messages.map(({ severity, code, message, line }) => {
    const place = line === undefined ? undefined : `line ${line}`;
    return tag('li', { class: severity }, [
      tag('span', { class: 'severity' }, severity === 'info' ? 'note' : severity),
      ' ',
      message,
      ' ',
      tag('code', {}, code),
      place === undefined ? '' : ' ',
      place !== undefined && hasSource ? tag('a', { href: `#line-${line}` }, place) : place,
    ]);
  });
  return tag('ul', { class: 'messages' }, items);
}

function sourceListing({ file, text }: ReportSource): Content {
  const lines = highlightLines(text).map((line, i) =>
    tag('span', { class: 'line', id: `line-${i + 1}` }, line, '\n'),
  );
  return [
    tag('p', { class: 'note' }, tag('code', {}, file)),
    tag('pre', { class: 'source', 'data-copy': true }, tag('code', {}, lines)),
  ];
}

function reproduction({ commands, versions, notes }: Reproduction): Content {
  const entries = versions.flatMap(({ name, version }) => [tag('dt', {}, name), tag('dd', {}, version)]);
  return [
    commands.length === 0 ? '' : tag('pre', { 'data-copy': true }, commands.join('\n')),
    (notes ?? []).map((note) => tag('p', {}, note)),
    entries.length === 0 ? '' : tag('dl', { class: 'versions' }, entries),
  ];
}
