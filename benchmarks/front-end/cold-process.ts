// One repeat of the cold figures: the first run of a stage in a process, its code being loaded. Prints milliseconds: wall time and processor time
// of the thread.
import { processorMs } from '../clock.ts';
import { timeOf } from '../measure.ts';
import { readModelTexts } from './library-texts.ts';
import { checkAll, formatAll, parseAll } from './stages.ts';

/** ms */
export interface ColdTimes {
  readonly wall: number;
  /** Of the thread that does the work; V8 compiles and collects on others too. */
  readonly processor: number;
}

const STAGES = { parse: parseAll, check: checkAll, format: formatAll };

const stage = Object.entries(STAGES).find(([name]) => name === process.argv[2])?.[1];
if (stage === undefined) throw new Error(`one of ${Object.keys(STAGES).join(', ')} is needed`);
const texts = readModelTexts();
const before = processorMs();
const wall = timeOf(
  () => stage(texts),
  () => performance.now(),
);
const times: ColdTimes = { wall, processor: processorMs() - before };
process.stdout.write(JSON.stringify(times));
