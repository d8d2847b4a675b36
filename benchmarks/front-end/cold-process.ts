// One repeat of the cold figures: the first run of a stage in a process, its code being loaded. Prints milliseconds.
import { timeOf } from '../measure.ts';
import { readModelTexts } from './library-texts.ts';
import { checkAll, formatAll, parseAll } from './stages.ts';

const STAGES = { parse: parseAll, check: checkAll, format: formatAll };

const stage = Object.entries(STAGES).find(([name]) => name === process.argv[2])?.[1];
if (stage === undefined) throw new Error(`one of ${Object.keys(STAGES).join(', ')} is needed`);
const texts = readModelTexts();
process.stdout.write(
  JSON.stringify(
    timeOf(
      () => stage(texts),
      () => performance.now(),
    ),
  ),
);
