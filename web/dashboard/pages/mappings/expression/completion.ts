/** What can be written at a place of an expression: fields with what they hold in the record that is tried, and functions. */
import type { Completion, CompletionContext, CompletionResult } from '@codemirror/autocomplete';
import type { Offered } from '../rules/fields.ts';
import { knownFunctions } from './functions.ts';

/** Fields as an expression names them: those in the rules of a list belong to `item`, those around it to `record`. */
export function namedFields(fields: readonly Offered[]): readonly { readonly name: string; readonly field: Offered }[] {
  const isInList = fields.some(({ path }) => path.startsWith('^.'));
  return fields.map((field) =>
    field.path.startsWith('^.')
      ? { name: `record.${field.path.replace(/^(?:\^\.)+/u, '')}`, field }
      : { name: `${isInList ? 'item' : 'record'}.${field.path}`, field },
  );
}

export function completionsOf(context: CompletionContext, fields: readonly Offered[]): CompletionResult | null {
  const found = context.matchBefore(/[A-Za-z_][\w.?]*|\.\w*/u);
  if (found === null && !context.explicit) return null;
  const from = found?.from ?? context.pos;
  const written = found?.text ?? '';
  const dot = written.lastIndexOf('.');
  const parts = namedFields(fields).map(({ name, field }): Completion => ({
    label: name,
    detail: field.sample === '' ? field.type : field.sample,
    info: field.label,
    type: 'property',
  }));
  if (dot < 0) return { from, options: [...parts, ...functionsThat(false)], validFor: /^[\w.?]*$/u };
  // Behind a dot either the next part of a field follows, or a function of what stands before it.
  const head = written.slice(0, dot + 1).replaceAll('?', '');
  const below = parts.filter(({ label }) => label.startsWith(head));
  const members = below.map((part) => ({ ...part, label: part.label.slice(head.length) }));
  return { from: from + dot + 1, options: [...members, ...functionsThat(true)], validFor: /^\w*$/u };
}

const functionsThat = (areMembers: boolean): readonly Completion[] =>
  knownFunctions
    .filter(({ isMember }) => isMember === areMembers)
    .map(({ name, detail }) => ({ label: name, apply: `${name}(`, detail, type: 'function', boost: -1 }));
