import { type Dialect, dialectByName } from '@nestml/workbench/check';
import type { Console } from './console.ts';

/** The dialect that `--from` names; `unknown` after a message. */
export function readDialect(name: string | undefined, console: Console): Dialect | undefined | 'unknown' {
  if (name === undefined) return undefined;
  const dialect = dialectByName(name);
  if (dialect !== undefined) return dialect;
  console.error(
    `error: --from takes a version of NESTML such as 3.1 or 5.3, or \`development\`; \`${name}\` is neither\n`,
  );
  return 'unknown';
}
