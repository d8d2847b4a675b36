import { describe, expect, it } from 'vitest';
import { renderExplanationMarkdown, renderExplanationTerminal } from './explanation.ts';
import type { MessageDefinition } from './messages.ts';

const definition: MessageDefinition<never> = {
  class: 'compat',
  text: () => 'the text',
  page: {
    title: 'A number is added to a quantity',
    explanation:
      'A plain number has **no** unit.\n\n### Cure\n\nWrite `3 mV`, see [units](units.md):\n\n```nestml\nx = 3 mV\n```\n',
    failing: { model: 'model a:\n  x = 3\n', command: 'check --strict MODEL' },
    repaired: { model: 'model a:\n  x = 3 mV\n' },
  },
};

describe('the page of a code', () => {
  it('is Markdown with title, class, explanation and both examples', () => {
    expect(renderExplanationMarkdown('number-and-quantity', definition)).toBe(
      [
        '# `number-and-quantity`',
        'A number is added to a quantity.',
        '*Warning (`compat`): it runs, since published models do it; an error under `--strict`.*',
        'A plain number has **no** unit.',
        '### Cure',
        'Write `3 mV`, see [units](units.md):',
        '```nestml\nx = 3 mV\n```',
        '## Example',
        '```nestml\nmodel a:\n  x = 3\n```',
        '```sh\nnestml check --strict model.nestml\n```',
        '## Repaired',
        '```nestml\nmodel a:\n  x = 3 mV\n```',
        '```sh\nnestml check model.nestml\n```\n',
      ].join('\n\n'),
    );
  });

  it('uses a longer fence around text that has one inside', () => {
    const page = { ...definition.page, failing: { model: '# ```\n' } };
    expect(renderExplanationMarkdown('x', { ...definition, page })).toContain('````nestml\n# ```\n````');
  });

  it('shows an example without a model by its command', () => {
    const page = { ...definition.page, failing: { command: 'simulate nobody' } };
    const text = renderExplanationMarkdown('x', { ...definition, page });
    expect(text).toContain('## Example\n\n```sh\nnestml simulate nobody\n```\n\n## Repaired');
  });

  it('is plain text for a terminal, with indented code and without Markdown marks', () => {
    expect(renderExplanationTerminal('number-and-quantity', definition, { color: false })).toBe(
      [
        'number-and-quantity: A number is added to a quantity',
        'Warning (`compat`): it runs, since published models do it; an error under `--strict`.',
        'A plain number has no unit.',
        'Cure',
        'Write `3 mV`, see units (units.md):',
        '    x = 3 mV',
        'Example',
        '    model a:\n      x = 3',
        '    nestml check --strict model.nestml',
        'Repaired',
        '    model a:\n      x = 3 mV',
        '    nestml check model.nestml\n',
      ].join('\n\n'),
    );
  });

  it('sets code off by colour instead of backticks', () => {
    const text = renderExplanationTerminal('x', definition, { color: true });
    expect(text).toContain(`${String.fromCharCode(27)}[1;36m3 mV${String.fromCharCode(27)}[0m`);
    expect(text).not.toContain('`3 mV`');
  });
});
