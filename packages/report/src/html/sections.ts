import { formulaToLatex } from '../math/latex.ts';
import { formulaToMathMl } from '../math/math-ml.ts';
import { numberText } from '../number-text.ts';
import { highlightLines } from './highlight.ts';
import { type Content, type Markup, tag } from './markup.ts';
import type {
  Equation,
  EquationGroup,
  ParameterRow,
  PortRow,
  PrintedLine,
  Report,
  ReportMessage,
  ReportSource,
  ReportValue,
  Reproduction,
  SolverRow,
  StateRow,
  SummaryItem,
} from './report.ts';
import { isChanged, shownUnit, valueText } from './values.ts';

/** A part of a page that the table of contents names. */
export interface Section {
  readonly id: string;
  readonly title: string;
  readonly content: Content;
}

/** The sections of a report beside its figures, in the order of the page; those without content are left out. */
export function reportSections(report: Report): readonly Section[] {
  const sections: readonly (Section & { readonly isEmpty: boolean })[] = [
    {
      id: 'messages',
      title: 'Messages of the run',
      content: messageList(report.messages, report.source !== undefined),
      isEmpty: report.messages.length === 0,
    },
    {
      id: 'printed',
      title: 'Printed by the model',
      content: printedTable(report.printed ?? []),
      isEmpty: (report.printed ?? []).length === 0,
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

function stateTable(rows: readonly StateRow[]): Content {
  const columns = [
    { header: 'Name' },
    { header: 'Initial value', isNumeric: true },
    { header: 'Default', isNumeric: true },
    { header: 'Unit' },
    { header: 'Description' },
  ];
  const cells = rows.map((row) => [
    tag('code', {}, row.name),
    comparedValue(row.initial, row.default),
    valueText(row.default),
    shownUnit(row.unit),
    row.description,
  ]);
  return [changeNote(rows.map((row) => [row.initial, row.default])), dataTable(columns, cells)];
}

/** A value, marked if it differs from the default. */
function comparedValue(value: ReportValue, standard: ReportValue): Content {
  const text = valueText(value);
  return isChanged(value, standard) ? tag('mark', { title: 'differs from the default' }, text) : text;
}

function changeNote(values: readonly (readonly [value: ReportValue, standard: ReportValue])[]): Markup {
  const changed = values.filter(([value, standard]) => isChanged(value, standard)).length;
  const count = `${changed} of ${values.length} ${changed === 1 ? 'differs' : 'differ'} from the default.`;
  return tag('p', { class: 'note' }, changed === 0 ? 'All have their default values.' : count);
}

function parameterTable(rows: readonly ParameterRow[]): Content {
  const hasConstraints = rows.some((row) => row.constraint !== undefined);
  const columns = [
    { header: 'Name' },
    { header: 'Value used', isNumeric: true },
    { header: 'Default', isNumeric: true },
    { header: 'Unit' },
    ...(hasConstraints ? [{ header: 'Must hold' }] : []),
    { header: 'Description' },
  ];
  const cells = rows.map((row) => [
    tag('code', {}, row.name),
    comparedValue(row.value, row.default),
    valueText(row.default),
    shownUnit(row.unit),
    ...(hasConstraints ? [constraintCell(row.constraint)] : []),
    row.description,
  ]);
  return [changeNote(rows.map((row) => [row.value, row.default])), dataTable(columns, cells)];
}

/** Conditions of up to this many characters stay on one line. */
const LONGEST_LINE = 40;

function constraintCell(constraint: string | undefined): Content {
  if (constraint === undefined) return '';
  return tag('code', { class: constraint.length <= LONGEST_LINE ? 'unbroken' : undefined }, constraint);
}

function portTable(rows: readonly PortRow[]): Markup {
  const columns = ['Name', 'Kind', 'Unit', 'Stimulus in this run', 'Description'].map((header) => ({
    header,
  }));
  return dataTable(
    columns,
    rows.map((row) => [
      tag('code', {}, row.name),
      [...(row.qualifiers ?? []), row.signal, row.direction === 'input' ? 'port' : 'output'].join(' '),
      shownUnit(row.unit),
      row.stimulus,
      row.description,
    ]),
  );
}

function solverTable(rows: readonly SolverRow[]): Markup {
  const hasCalls = rows.some((row) => row.integratedBy !== undefined);
  const headers = ['Group', ...(hasCalls ? ['Integrated by'] : []), 'Solver', 'Reason'];
  return dataTable(
    headers.map((header) => ({ header })),
    rows.map((row) => [
      row.states.flatMap((state, i) => [i === 0 ? '' : ', ', tag('code', {}, state)]),
      ...(hasCalls ? [row.integratedBy === undefined ? 'always' : tag('code', {}, row.integratedBy)] : []),
      row.solver,
      codeMarkup(row.reason),
    ]),
  );
}

function messageList(messages: readonly ReportMessage[], hasSource: boolean): Markup {
  const errors = messages.filter(({ severity }) => severity === 'error');
  const others = messages.filter(({ severity }) => severity !== 'error');
  const items = [...errors, ...others].map(({ severity, code, message, line }) => {
    const place = line === undefined ? undefined : `line ${line}`;
    return tag('li', { class: severity }, [
      tag('span', { class: 'severity' }, severity === 'info' ? 'note' : severity),
      ' ',
      codeMarkup(message),
      ' ',
      tag('code', { class: 'code' }, code),
      place === undefined ? '' : ' ',
      place !== undefined && hasSource ? tag('a', { href: `#line-${line}` }, place) : place,
    ]);
  });
  return tag('ul', { class: 'messages' }, items);
}

/** A sentence with code in backquotes. A backquote without its partner stays as it is. */
function codeMarkup(sentence: string): Content {
  return sentence
    .split(/(`[^`]+`)/)
    .map((part, i) => (i % 2 === 1 ? tag('code', {}, part.slice(1, -1)) : part));
}

/** Lines of a longer output are counted. */
const MOST_PRINTED = 500;

function printedTable(lines: readonly PrintedLine[]): Content {
  const shown = lines.slice(0, MOST_PRINTED);
  const rest = lines.length - shown.length;
  const columns = [{ header: 'Time (ms)', isNumeric: true }, { header: 'Text' }];
  return [
    dataTable(
      columns,
      shown.map(({ time, text }) => [numberText(time, 12), tag('code', {}, text)]),
    ),
    rest === 0 ? '' : tag('p', { class: 'note' }, `${rest} more ${rest === 1 ? 'line' : 'lines'}.`),
  ];
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
