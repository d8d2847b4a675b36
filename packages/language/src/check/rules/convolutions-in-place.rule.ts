import { describeRegion, type Rule } from './rule.ts';

/** Convolutions stand in equations and inlines. */
export const convolutionsInPlace: Rule = {
  name: 'convolutions-in-place',
  codes: ['convolve-misplaced'],
  listeners: {
    convolve: ({ span }, { region, report }) => {
      if (region === 'equation' || region === 'inline') return;
      report('convolve-misplaced', span, { place: `in ${describeRegion(region)}` });
    },
  },
};
