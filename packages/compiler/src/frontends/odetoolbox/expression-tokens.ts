/** One token; offsets are in UTF-16 units of the expression's text. */
export interface Token {
  readonly kind: 'name' | 'number' | 'sign' | 'end' | 'unknown';
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** A name may end in primes: `x''` is the second derivative of x. */
const PATTERN =
  /(?<space>\s+)|(?<name>[\p{L}_$][\p{L}\p{N}_$]*'*)|(?<number>(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)|(?<sign>\*\*|<=|>=|==|!=|&&|\|\||[-+*/()<>,&|~!?:])|(?<unknown>.)/gsu;

/** Splits an expression; the last token is the end, whose text is empty. */
export function tokensOf(text: string): readonly Token[] {
  const tokens = [...text.matchAll(PATTERN)].flatMap((match): Token[] => {
    const { name, number, sign, unknown } = match.groups ?? {};
    const kind =
      name !== undefined
        ? 'name'
        : number !== undefined
          ? 'number'
          : sign !== undefined
            ? 'sign'
            : unknown !== undefined
              ? 'unknown'
              : undefined;
    if (kind === undefined) return [];
    return [{ kind, text: match[0], start: match.index, end: match.index + match[0].length }];
  });
  return [...tokens, { kind: 'end', text: '', start: text.length, end: text.length }];
}
