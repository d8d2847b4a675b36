import { createSourceFile } from '@nestml/diagnostics';
import { tokenize } from '../../src/index.ts';
import { createRandom, type Random } from './random.ts';
import { randomModel } from './random-model.ts';

/** A way to make texts; the text depends on the seed and the models alone. */
export type TextKind = 'bytes' | 'words' | 'edited' | 'edited old' | 'grammar' | 'edited grammar';

/** Models to edit. */
export interface Models {
  readonly library: readonly string[];
  /** In old dialects. */
  readonly old: readonly string[];
}

export const textKinds: readonly TextKind[] = [
  'bytes',
  'words',
  'edited',
  'edited old',
  'grammar',
  'edited grammar',
];

/** The text of a seed. */
export function randomText(kind: TextKind, seed: number, { library, old }: Models): string {
  const random = createRandom(seed);
  switch (kind) {
    case 'bytes':
      return randomBytes(random);
    case 'words':
      return randomWords(random);
    case 'edited':
      return editTokens(random.pick(library), random);
    case 'edited old':
      return editTokens(random.pick(old), random);
    case 'grammar':
      return randomModel(random);
    case 'edited grammar':
      return editTokens(randomModel(random), random);
    default:
      return kind satisfies never;
  }
}

/** Bytes as a file may hold them, decoded as UTF-8: invalid ones become replacement characters. */
function randomBytes(random: Random): string {
  const bytes = Uint8Array.from({ length: random.below(400) }, () =>
    random.chance(0.5) ? random.below(256) : 32 + random.below(95),
  );
  return new TextDecoder().decode(bytes);
}

/** Words and signs of the language, of older ones, and of none. */
const words =
  `model m state parameters internals equations input output update function onReceive onCondition if elif else for while in step return
  kernel inline recordable spike continuous excitatory inhibitory and or not inf true real integer string boolean void mV ms pA x y V_m t e pi
  end neuron synapse shape current priority exp max convolve delta integrate_odes emit_spike print random_normal resolution steps
  ( ) [ ] [[ ]] : , ; = == += -= *= //= <- ... + - * / // % ** ? ' & | ^ ~ << >> < <= != <> @ :: @homogeneous { } $ \\ ! . 1 2.5 .5 1e300 1e999 0 007 3mV
  "text" "{x}" " """ /* */ \u2212 \u00b5 \u03a9 \ud83d \u202e \u0000 \ufeff nestml-ignore`.split(/\s+/);

const blanks = [
  ' ',
  ' ',
  ' ',
  '',
  '\n',
  '\n    ',
  '\n        ',
  '\n            ',
  '\n\t',
  '\r\n',
  '\r',
  '  # note\n',
  '\\\n',
];

function randomWords(random: Random): string {
  const count = random.below(120);
  let text = random.chance(0.7) ? 'model m_neuron:\n    ' : '';
  for (let index = 0; index < count; index += 1) text += random.pick(words) + random.pick(blanks);
  return text;
}

/** A text with up to six edits: tokens removed, doubled, moved, replaced, cut in two. */
export function editTokens(text: string, random: Random): string {
  const tokens = tokenize(createSourceFile('edited.nestml', text));
  const parts = tokens
    .filter(({ start, end }) => start < end)
    .map(({ start, end }) => text.slice(start, end));
  for (let edits = 1 + random.below(6); edits > 0; edits -= 1) {
    const at = random.below(parts.length + 1);
    const length = random.pick([1, 1, 2, 5, 30]);
    switch (random.below(6)) {
      case 0:
        parts.splice(at, length);
        break;
      case 1:
        parts.splice(at, 0, random.pick(words) + random.pick(blanks));
        break;
      case 2:
        parts.splice(at, 1, random.pick(words));
        break;
      case 3:
        parts.splice(at, 0, ...parts.slice(at, at + length));
        break;
      case 4:
        parts.splice(random.below(parts.length + 1), 0, ...parts.splice(at, length));
        break;
      default:
        parts.splice(at, 1, (parts[at] ?? '').slice(random.below(3)));
    }
  }
  return parts.join('');
}
