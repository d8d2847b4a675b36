import type { Region } from '../context.ts';
import { describeRegion, type Rule } from './rule.ts';

const withoutResolution: ReadonlySet<Region> = new Set(['equation', 'inline', 'kernel', 'function', 'size']);

/** Where the length of the time step may be asked for; and a note that the model then depends on it. */
export const stepFunctions: Rule = {
  name: 'step-functions',
  codes: ['resolution-misplaced', 'timestep-misplaced', 'fixed-step'],
  listeners: {
    builtin: ({ name, span }, { region, report }) => {
      if (name === 'timestep' && region !== 'update') {
        const hasResolution = !withoutResolution.has(region);
        const edits = [{ span: { start: span.start, end: span.start + name.length }, text: 'resolution' }];
        const fixes = hasResolution ? [{ title: 'Write `resolution()`', edits }] : [];
        report('timestep-misplaced', span, {}, { fixes });
      }
      if (name !== 'resolution' && name !== 'steps') return;
      if (name === 'resolution' && withoutResolution.has(region)) {
        report('resolution-misplaced', span, { place: describeRegion(region) });
      } else report('fixed-step', span, { name: `${name}()` });
    },
  },
};
