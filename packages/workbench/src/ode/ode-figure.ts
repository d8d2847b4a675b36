import type { OdeProblem } from '@nestml/compiler';
import { type Figure, renderSvg, type SpikeMarks } from '@nestml/report';
import type { OdeCourse } from './integrate-ode.ts';
import type { MixedSystem } from './mixed-system.ts';
import type { StimulusEvent } from './stimulus-events.ts';

/** What a plot shows. */
export interface OdePicture {
  readonly title: string;
  readonly problem: OdeProblem;
  readonly system: MixedSystem;
  readonly course: OdeCourse;
  readonly events: readonly StimulusEvent[];
}

/** All variables over the time, one panel each, as a self-contained SVG document. */
export function odeSvg(picture: OdePicture): string {
  return renderSvg(odeFigure(picture));
}

/** The derivatives of a variable follow it, each in a panel of its own; the spikes that reach a variable are marked in its panel. */
function odeFigure({ title, problem, system, course, events }: OdePicture): Figure {
  const states = [...system.exact, ...system.numeric];
  const ordered = problem.variables.flatMap(({ states: own }) => own);
  return {
    title,
    subtitle: `${events.length} ${events.length === 1 ? 'event' : 'events'} of the stimuli`,
    x: { label: 'time', domain: [0, problem.options.simulationTime] },
    panels: ordered.map((state) => {
      const times = events.filter(({ targets }) => targets.has(state)).map(({ time }) => time);
      const spikes: readonly SpikeMarks[] = times.length === 0 ? [] : [{ name: 'spikes', times }];
      return {
        kind: 'trace',
        y: { label: state.name },
        series: [{ name: state.name, x: course.times, y: course.values[states.indexOf(state)]! }],
        spikes,
      };
    }),
  };
}
