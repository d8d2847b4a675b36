import type { Rule, RuleContext } from './rule.ts';

/** Integration belongs into `update`, emission into `update` and handlers. */
export const effectsInPlace: Rule = {
  name: 'effects-in-place',
  codes: ['effect-in-function', 'integrate-in-handler'],
  listeners: {
    integrate: ({ span }, context) => {
      if (refuseInFunction('integrate_odes', span, context)) return;
      if (context.region !== 'update') context.report('integrate-in-handler', span, {});
    },
    emitSpike: ({ span }, context) => {
      refuseInFunction('emit_spike', span, context);
    },
  },
};

function refuseInFunction(
  name: string,
  span: { readonly start: number; readonly end: number },
  { region, report }: RuleContext,
): boolean {
  if (region === 'function') report('effect-in-function', span, { name });
  return region === 'function';
}
