// Random texts for the front end: parser, checker, old dialects, formatter, renderers, fixes and services for editors, until the time is over.
//   node scripts/fuzz.ts [--seconds 60] [--seed 1] [--kind edited] [--slow 2000]
// A text that throws, or that takes longer than `--slow` milliseconds, is shrunk and printed with its seed; the status is then 1.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { examineText } from '../packages/language/test/fuzz/examine-text.ts';
import { createRandom } from '../packages/language/test/fuzz/random.ts';
import {
  type Models,
  randomText,
  type TextKind,
  textKinds,
} from '../packages/language/test/fuzz/random-texts.ts';

const effort = { offsets: 6, fixes: 4 };

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '60' },
    seed: { type: 'string', default: '1' },
    kind: { type: 'string' },
    slow: { type: 'string', default: '2000' },
  },
});
const kinds = textKinds.filter((kind) => values.kind === undefined || kind === values.kind);
if (kinds.length === 0) {
  console.error(`fuzz: there is no kind ${values.kind}; kinds are ${textKinds.join(', ')}`);
  process.exit(2);
}

const root = dirname(import.meta.dirname);

function textsIn(folder: string): readonly string[] {
  const names = readdirSync(join(root, folder)).sort();
  return names.map((name) => readFileSync(join(root, folder, name), 'utf8'));
}

const models: Models = {
  library: [...textsIn('models/neurons'), ...textsIn('models/synapses')],
  old: textsIn('packages/language/test/dialects/fixtures'),
};

/** What is wrong with a text; undefined if nothing is. */
function complaint(text: string, seed: number): string | undefined {
  const start = performance.now();
  try {
    examineText(text, createRandom(seed), effort);
  } catch (error) {
    return error instanceof Error ? (error.stack ?? error.message) : String(error);
  }
  const duration = performance.now() - start;
  return duration > Number(values.slow) ? `took ${Math.round(duration)} ms` : undefined;
}

/** The first line of a complaint, without numbers: what must stay the same while a text is shrunk. */
function nameOf(text: string): string {
  return text.split('\n', 1)[0]!.replace(/\d+/g, '#');
}

/** The text without as many pieces as possible, first large ones, then single characters, for at most 20 seconds. */
function shrink(text: string, seed: number, name: string): string {
  const end = performance.now() + 20_000;
  let current = text;
  for (let size = Math.ceil(text.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let at = 0; at < current.length && performance.now() < end; ) {
      const shorter = current.slice(0, at) + current.slice(at + size);
      const found = complaint(shorter, seed);
      if (found !== undefined && nameOf(found) === name) current = shorter;
      else at += size;
    }
  }
  return current;
}

/** Examines the text of a seed; false after a complaint that is not known yet. */
function examineSeed(kind: TextKind, seed: number, known: Set<string>): boolean {
  const text = randomText(kind, seed, models);
  const found = complaint(text, seed);
  if (found === undefined || known.has(nameOf(found))) return true;
  known.add(nameOf(found));
  console.error(`\n── ${kind}, seed ${seed}: ${found}`);
  console.error(JSON.stringify(shrink(text, seed, nameOf(found))));
  return false;
}

const end = performance.now() + 1000 * Number(values.seconds);
const known = new Set<string>();
let seed = Number(values.seed);
let count = 0;
for (; performance.now() < end; seed += 1) {
  for (const kind of kinds) {
    if (!examineSeed(kind, seed, known)) process.exitCode = 1;
    count += 1;
  }
}
console.log(`fuzz: ${count} texts, seeds ${values.seed} to ${seed - 1}, ${known.size} complaints`);
