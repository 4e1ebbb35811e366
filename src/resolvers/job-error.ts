/**
 * Why a job failed, in the language of the reader. In: the sentence that the job kept. Out: the same, with the mapping that was analysed
 * called as people call it, and its rules by the fields that they make.
 */
import type { Language } from '../base/languages.js';
import { fieldWords } from '../base/sentences/field-words.js';
import { mappingName } from '../base/sentences/mapping-name.js';
import { said } from '../base/sentences/say.js';
import { targetAt } from './rule-target.js';
import type { MappingDefinition } from '../mapping/mapping.js';
import type { Job } from '../schema/job.js';
import type { SpokenOf } from '../sync/spoken-names.js';
import type { Context } from './context.js';

export async function jobError(
  language: Language,
  value: unknown,
  { definition }: Job,
  context: Context,
): Promise<string | null> {
  if (typeof value !== 'string') return null;
  if (definition === null) return said(language, value);
  const { names } = context.commands;
  const called = await nameOf(language, definition, context);
  const kinds = names.kinds(writtenBy(definition));
  return said(language, value, {
    field: (path) => fieldWords(language, targetAt(definition, path) ?? path, kinds),
    list: (key) => names.list(key),
    mapping: (key) => (key === definition.key ? called : undefined),
  });
}

/** Whose fields the rules of an outbound mapping make. */
export const writtenBy = ({ connector, entity }: MappingDefinition): SpokenOf => ({ entity, system: null, connector });

/** As people have named it, else by what it carries. */
async function nameOf(
  language: Language,
  { key, connector, direction, record, entity }: MappingDefinition,
  { reads, commands }: Context,
): Promise<string> {
  const own = (await reads.mappings()).find((each) => each.key === key)?.name;
  return own ?? mappingName(language, { direction, record, entity, system: commands.names.connector(connector) });
}
