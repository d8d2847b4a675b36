import { predefinedFunctions } from '../../check/predefined-functions.ts';
import { renamed, type Word } from '../old-words.ts';
import { head, type Line, mapWords } from '../outline.ts';
import type { Step } from '../translation.ts';

/** Names that are words of the language today, or predefined, get an underscore; so do functions that are predefined by now. */
export const renameReservedWords: Step = (model, { dialect, note }) => {
  const reserved = new Set([
    ...dialect.freeWords,
    ...(declaresPi(model.body?.flatMap(({ body }) => body ?? []) ?? []) ? ['pi'] : []),
    ...ownFunctions(model).filter((name) => predefinedFunctions.has(name)),
  ]);
  const noted = new Set<string>();
  return mapWords(model, (words) =>
    words.map((word): Word => {
      if (!reserved.has(word.text) || word.kind !== 'name') return word;
      if (!noted.has(word.text))
        note(`\`${word.text}\` becomes \`${word.text}_\`, since the name is taken today`, word.span);
      noted.add(word.text);
      return renamed(word, `${word.text}_`);
    }),
  );
};

/** The functions that the model declares. */
function ownFunctions({ body = [] }: Line): readonly string[] {
  return body.filter((block) => head(block) === 'function').map(({ words }) => words[1]?.text ?? '');
}

function declaresPi(lines: readonly { readonly words: readonly Word[] }[]): boolean {
  return lines.some(({ words }) => words[0]?.text === 'pi' && words[1]?.kind === 'name');
}
