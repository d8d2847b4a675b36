import { createDiagnostic } from '@nestml/diagnostics';
import { closestName, type RoleOptions } from '@nestml/language';
import { workbenchMessages } from '../../messages/index.ts';
import type { Phrase } from '../phrases.ts';

function refuse(option: string, found: string, form: string): Phrase<never> {
  const parameters = { option, found, form };
  return { ok: false, diagnostic: createDiagnostic(workbenchMessages, 'option-form', undefined, parameters) };
}

/** Reads the times of `--pre` and `--post`: `10 ms, 60 ms`; nothing for an empty text. */
export function readTimes(option: string, text: string): Phrase<readonly string[]> {
  if (text.trim() === '') return { ok: true, value: [] };
  const times = text.split(',').map((time) => time.trim());
  if (times.every((time) => time !== '')) return { ok: true, value: times };
  return refuse(option, `\`${text}\` has an empty time`, `${option} "10 ms, 60 ms"`);
}

/** Reads the range of times of `--dt`: `-100 ms to 100 ms`. */
export function readRange(
  option: string,
  text: string,
): Phrase<{ readonly from: string; readonly to: string }> {
  const [from = '', to = '', ...others] = text.split(/\bto\b/).map((time) => time.trim());
  if (from !== '' && to !== '' && others.length === 0) return { ok: true, value: { from, to } };
  return refuse(option, `\`${text}\` is no range`, `${option} "-100 ms to 100 ms"`);
}

/** Reads `I_post_dend = I_syn_exc`. */
export function readBinding(text: string): Phrase<{ readonly port: string; readonly name: string }> {
  const { port, name } = /^(?<port>[^=]+)=(?<name>[^=]+)$/.exec(text)?.groups ?? {};
  const value = { port: port?.trim() ?? '', name: name?.trim() ?? '' };
  if (value.port !== '' && value.name !== '') return { ok: true, value };
  return refuse('--bind', `\`${text}\` is no assignment`, '--bind "I_post_dend = I_dend"');
}

/** What `--role` names, by its name there. */
const ROLES: Readonly<Record<string, (names: readonly string[]) => RoleOptions>> = Object.freeze({
  pre_port: ([pre = '']) => ({ pre }),
  post_ports: ([post = '']) => ({ post }),
  vt_ports: (modulatory) => ({ modulatory }),
  weight_variable: ([weight = '']) => ({ weight }),
  delay_variable: ([delay = '']) => ({ delay }),
  strictly_synaptic_vars: (synaptic) => ({ synaptic }),
});

const LISTS: readonly string[] = ['vt_ports', 'strictly_synaptic_vars'];

/** Reads `weight_variable = strength`, `vt_ports = reward, punishment`. */
export function readRole(text: string): Phrase<RoleOptions> {
  const form = '--role "weight_variable = NAME"';
  const { role, rest } = /^(?<role>[^=]+)=(?<rest>[^=]+)$/.exec(text)?.groups ?? {};
  const names = (rest ?? '').split(',').map((name) => name.trim());
  if (role === undefined || names.some((name) => name === ''))
    return refuse('--role', `\`${text}\` is no assignment of names`, form);
  const option = role.trim();
  const make = Object.hasOwn(ROLES, option) ? ROLES[option] : undefined;
  if (make === undefined) {
    const suggestion = closestName(option, Object.keys(ROLES));
    const meant = suggestion === undefined ? '' : `; did you mean \`${suggestion}\`?`;
    return refuse('--role', `there is no role \`${option}\`${meant}`, form);
  }
  if (names.length > 1 && !LISTS.includes(option)) return refuse('--role', `\`${option}\` is one name`, form);
  return { ok: true, value: make(names) };
}
