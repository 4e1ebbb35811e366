/** Which field a rule makes. In: a mapping, and the place of one of its rules (`rules.3.rules.0.rows.1`). Out: `lineList.*.vatCode`. Pure. */
import type { MappingDefinition, Rule } from '../mapping/mapping.js';

/** Undefined for what is no place of a rule. */
export function targetAt({ rules }: Pick<MappingDefinition, 'rules'>, at: string): string | undefined {
  const targets: string[] = [];
  let among: readonly Rule[] | undefined = rules;
  const segments = at.split('.');
  for (let i = 0; segments[i] === 'rules' && /^\d+$/.test(segments[i + 1] ?? ''); i += 2) {
    const rule: Rule | undefined = among?.[Number(segments[i + 1])];
    // A definition may be made by hand.
    if (typeof rule?.target !== 'string') return undefined;
    targets.push(rule.target);
    among = rule.kind === 'list' ? rule.rules : undefined;
  }
  return targets.length === 0 ? undefined : targets.join('.*.');
}
