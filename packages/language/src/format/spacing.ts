import type { Roles } from './line-roles.ts';
import type { LineToken } from './logical-lines.ts';

/** What the spacing of a logical line needs from the tree. */
export interface SpacingContext {
  readonly roles: Roles;
  /** Whether two neighbouring tokens belong to one unit or option. Asked in the order of the text. */
  isTight(before: LineToken, after: LineToken): boolean;
}

/** The context for one file; its lines must be asked about in the order of the text. */
export function createSpacingContext(roles: Roles): SpacingContext {
  let next = 0;
  return {
    roles,
    isTight(before, after) {
      while (next < roles.tight.length && roles.tight[next]!.end <= after.start) next += 1;
      for (let index = next; index < roles.tight.length; index += 1) {
        const { start, end } = roles.tight[index]!;
        if (start > before.start) return false;
        if (after.start < end) return true;
      }
      return false;
    },
  };
}

const closing: ReadonlySet<string> = new Set([')', ']', ']]']);
const withoutBlankBefore: ReadonlySet<string> = new Set([...closing, ',', ';', "'", '[', '**', '::']);
const withoutBlankBehind: ReadonlySet<string> = new Set(['(', '[', '[[', '@', '**', '::']);
const handlers: ReadonlySet<string> = new Set(['onReceive', 'onCondition']);

/** Whether a blank stands between the tokens at `index - 1` and `index` of a line without comments. */
export function hasBlankBefore(
  tokens: readonly LineToken[],
  index: number,
  { roles, isTight }: SpacingContext,
): boolean {
  const before = tokens[index - 1]!;
  const after = tokens[index]!;
  if (isTight(before, after)) return false;
  if (withoutBlankBefore.has(after.text) || withoutBlankBehind.has(before.text)) return false;
  if (isSign(tokens, index - 1)) return false;
  if (after.text === ':') return index < tokens.length - 1;
  if (after.text !== '(') return true;
  const isCall = before.kind === 'name' && !roles.types.has(after.start);
  return !isCall && !handlers.has(before.text);
}

const constants: ReadonlySet<string> = new Set(['inf', 'true', 'True', 'false', 'False']);

/** Whether a token ends an operand, so that a sign behind it joins two. */
function endsOperand({ kind, text }: LineToken): boolean {
  switch (kind) {
    case 'name':
    case 'integer':
    case 'float':
    case 'string':
      return true;
    case 'keyword':
      return constants.has(text);
    default:
      return closing.has(text) || text === "'";
  }
}

/** Whether the token at `index` is a sign before an operand. */
export function isSign(tokens: readonly LineToken[], index: number): boolean {
  const { text } = tokens[index]!;
  if (text === '~') return true;
  if (text !== '-' && text !== '+') return false;
  const before = tokens[index - 1];
  return before === undefined || !endsOperand(before);
}
