import { NUMERIC_METHODS } from '@nestml/dynamics';
import { wrapText } from '../wrap-text.ts';
import { periodOf, short } from './advice.ts';
import type { Analysis, Mode } from './analysis.ts';
import { stiffnessText } from './stiffness-output.ts';

const INDENT = '    ';

/** The analysis for people: equations, solvers with reasons, time constants, advice, events, and what runs. */
export function analysisText(analysis: Analysis, columns: number): string {
  const { model, equations, text } = analysis;
  const sections: readonly (readonly [title: string, lines: readonly string[]])[] = [
    ['Equations', equations.flatMap((equation) => [...equation.split('\n'), ''])],
    ['Solvers', solverLines(analysis, columns)],
    ['Modes of the linear parts at the default parameters', modeLines(analysis, columns)],
    ['Step', analysis.advice.map((sentence) => wrapped(sentence, columns))],
    ['Removable singularities', singularityLines(analysis, columns)],
    ['Events', eventLines(analysis, columns)],
    ['What runs, in canonical units', text.trimEnd().split('\n')],
  ];
  const shown = sections.filter(([, lines]) => lines.length > 0);
  const parts = shown.map(([title, lines]) => `${title}\n\n${lines.map(indented).join('\n').trimEnd()}\n`);
  const nothing = model.equations.length === 0 ? ['No equations are integrated.\n'] : [];
  return `${model.name}\n\n${[...nothing, ...parts].join('\n')}`;
}

function indented(line: string): string {
  return line
    .split('\n')
    .map((part) => (part === '' ? '' : `  ${part}`))
    .join('\n');
}

function wrapped(text: string, columns: number, indent = ''): string {
  return wrapText(text, columns - 2, indent, indent);
}

function solverLines({ solvers }: Analysis, columns: number): readonly string[] {
  return solvers.flatMap(({ states, solver, method, stiffness, integratedBy, reason }, i) => {
    // Groups of one system share its test.
    const isNew =
      stiffness !== undefined && !solvers.slice(0, i).some((group) => group.stiffness === stiffness);
    const how = method === undefined ? solver : `${solver} by ${NUMERIC_METHODS[method].title}`;
    return [
      wrapped(states.join(', '), columns),
      wrapped(`${how}, ${integratedBy.join(' and ')}: ${reason}`, columns, INDENT),
      ...(isNew ? [wrapped(stiffnessText(stiffness), columns, INDENT)] : []),
      '',
    ];
  });
}

function modeLines({ modes }: Analysis, columns: number): readonly string[] {
  return modes.flatMap(({ states, modes: own }) => [
    wrapped(states.join(', '), columns),
    ...own.map((mode) => wrapped(modeText(mode), columns, INDENT)),
    '',
  ]);
}

/** `τ = 10 ms`, `τ = 2 ms, twice`, or a damped oscillation. */
function modeText({ re, im, multiplicity }: Mode): string {
  const often = multiplicity === 1 ? '' : multiplicity === 2 ? ', twice' : `, ${multiplicity} times`;
  const growth =
    re === 0
      ? 'λ = 0, keeps its value'
      : re < 0
        ? `τ = ${short(-1 / re)} ms`
        : `grows with τ = ${short(1 / re)} ms`;
  if (im === 0) return growth + often;
  const oscillation = `oscillates with a period of ${short(periodOf({ re, im, multiplicity }))} ms`;
  return (re === 0 ? oscillation : `${growth}, ${oscillation}`) + often;
}

function singularityLines({ removableSingularities }: Analysis, columns: number): readonly string[] {
  return removableSingularities.flatMap(({ text, line, computedAs }) => [
    wrapped(`line ${line}: ${text}`, columns),
    wrapped(`computed as ${computedAs}, with exprelr(x) = x/(eˣ − 1) and exprelr(0) = 1`, columns, INDENT),
    '',
  ]);
}

function eventLines({ events }: Analysis, columns: number): readonly string[] {
  return events.map(({ on, assigns, emits }) => {
    const acts = [
      ...(assigns.length > 0 ? [`changes ${assigns.join(', ')}`] : []),
      ...(emits ? ['emits a spike'] : []),
    ];
    return wrapped(
      `${on}: ${acts.length > 0 ? acts.join(', ') : 'changes nothing'}`,
      columns,
      INDENT,
    ).trimStart();
  });
}
