import { declaredNames, readParts, writeParts } from '../declaration-words.ts';
import { joinWords, newWord, newWords, spanOfWords, type Word } from '../old-words.ts';
import { head, type Line, mapBody } from '../outline.ts';
import type { ModelFacts, Step } from '../translation.ts';
import { addToBlock } from './heads.ts';

const variableBlocks: ReadonlySet<string> = new Set(['state', 'parameters', 'internals']);

/**
 * Declarations: sizes go behind the name, what had no value gets 0, a number gets the unit of its variable, decorators of NEST go, and
 * parameters or internals that statements assign become states.
 */
export const rewriteDeclarations: Step = (model, facts) => {
  const assigned = assignedNames(model);
  const moved: Line[] = [];
  const rewritten = mapBody(model, (block) => {
    const name = head(block);
    if (!variableBlocks.has(name)) return [mapBody(block, (line) => [withoutDecorators(line)])];
    return [
      mapBody(block, (line) => {
        if (line.words[0]?.text === '[') return dropInvariant(line, facts);
        const changed = rewriteDeclaration(withoutDecorators(line), facts);
        const names = declaredNames(changed.words);
        if (name === 'state' || !names.some((one) => assigned.has(one))) return [changed];
        moved.push({ ...changed, before: [], isApart: false });
        return [];
      }),
    ];
  });
  // The comments above stay where the line was; the one behind it moves along.
  const own = new Set(moved.flatMap(({ after }) => (after === undefined ? [] : [after])));
  const cleared = mapBody(rewritten, (block) => [
    {
      ...mapBody(block, (line) => [{ ...line, before: line.before.filter((one) => !own.has(one)) }]),
      closing: block.closing.filter((one) => !own.has(one)),
    },
  ]);
  return addToBlock(cleared, 'state', moved);
};

function dropInvariant(line: Line, { mark }: ModelFacts): readonly Line[] {
  mark(
    `the invariant \`${joinWords(line.words)}\` is left out: write it as a guard behind its variable`,
    spanOfWords(line.words),
  );
  return [];
}

/** Names to which statements assign. */
function assignedNames(model: Line): ReadonlySet<string> {
  const names = new Set<string>();
  const visit = ({ words, body }: Line): void => {
    const target = words.findIndex(({ text }) => /^([-+*/]|\/\/)?=$/.test(text));
    const left = words.slice(0, target);
    if (target > 0 && (target === 1 || left[1]?.text === '[' || left[1]?.text === "'"))
      names.add(words[0]!.text);
    for (const inner of body ?? []) visit(inner);
  };
  for (const block of model.body ?? [])
    if (!variableBlocks.has(head(block)) && head(block) !== 'equations')
      for (const line of block.body ?? []) visit(line);
  return names;
}

/** Without `@nest::weight` and the like, which options have replaced. */
function withoutDecorators(line: Line): Line {
  const words: Word[] = [];
  for (let at = 0; at < line.words.length; at += 1) {
    const isNest = line.words[at]!.text === '@' && line.words[at + 1]?.text === 'nest';
    if (isNest) at += 3;
    else words.push(line.words[at]!);
  }
  return words.length === line.words.length || words.length === 0 ? line : { ...line, words };
}

function rewriteDeclaration(line: Line, facts: ModelFacts): Line {
  const parts = readParts(line.words);
  if (parts.type.length === 0 || parts.modifiers.some(({ text }) => text === 'inline')) return line;
  const { end } = spanOfWords(parts.type);
  if (parts.value === undefined) {
    const value = newWords(defaultOf(joinWords(parts.type)), { start: end, end });
    return { ...line, words: writeParts({ ...parts, equals: newWord('=', { start: end, end }), value }) };
  }
  const value = withUnit(parts.value, parts.type, facts);
  const isSized = parts.size !== undefined || parts.names.some((name) => name[1]?.text === '[');
  if (!isSized && value === parts.value) return line;
  return { ...line, words: writeParts({ ...parts, value }) };
}

/** The value of a variable without one: 0 in its unit. */
function defaultOf(type: string): string {
  if (type === 'boolean') return 'false';
  if (type === 'string') return '""';
  const isPlain = type === 'real' || type === 'integer' || !/^[A-Za-z]/.test(type);
  return isPlain ? '0' : `0 ${type}`;
}

/** A number without unit for a variable with one is meant in its unit. */
function withUnit(
  value: readonly Word[],
  type: readonly Word[],
  { dialect, note }: ModelFacts,
): readonly Word[] {
  const isOld = dialect.id === 'A0' || dialect.id === 'A1';
  const last = value.at(-1);
  const isSigned = value.length === 2 && (value[0]!.text === '-' || value[0]!.text === '+');
  if (!isOld || last?.kind !== 'number' || (value.length !== 1 && !isSigned)) return value;
  const unit = joinWords(type);
  if (['real', 'integer', 'boolean', 'string'].includes(unit)) return value;
  const { end } = last.span;
  note('numbers without unit are taken in the unit of their variable', spanOfWords(value));
  const written = /^[A-Za-z]/.test(unit) ? `${unit}` : `(${unit})`;
  return [...value, ...newWords(written, { start: end, end })];
}
