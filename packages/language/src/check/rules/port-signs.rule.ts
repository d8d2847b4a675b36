import type { Rule } from './rule.ts';

/** Either all spike ports of a neuron are qualified, or none. */
export const portSigns: Rule = {
  name: 'port-signs',
  codes: ['mixed-spike-ports'],
  yieldsToErrors: true,
  listeners: {
    model: ({ kind, ports }, { report }) => {
      if (kind !== 'neuron') return;
      const spikePorts = ports.filter(({ signal }) => signal === 'spike');
      const plain = spikePorts.find(({ qualifier }) => qualifier === undefined);
      const qualified = spikePorts.find(({ qualifier }) => qualifier !== undefined);
      if (plain === undefined || qualified?.qualifier === undefined) return;
      const related = [{ message: `\`${qualified.name}\` is declared here`, span: qualified.declared }];
      const parameters = { name: plain.name, other: qualified.name, qualifier: qualified.qualifier };
      report('mixed-spike-ports', plain.declared, parameters, { related });
    },
  },
};
