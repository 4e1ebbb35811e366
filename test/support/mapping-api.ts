/** Mappings and value lists as a client edits them over the API. */
import type { HubHandle } from './processes.js';

export interface UserErrors {
  readonly userErrors: readonly { readonly code: string; readonly message: string }[];
}
export interface Edited {
  readonly id: string;
  readonly draftRevision: number;
  readonly publishedVersion: number;
}
export type Rule = Readonly<Record<string, unknown>>;
export interface MappingDraft extends Edited {
  readonly problems: readonly object[];
  readonly draft: { readonly rules: readonly Rule[]; readonly includeWhen: unknown };
}

export const editedShape = 'id draftRevision publishedVersion hasUnpublishedChanges';
const ruleShape = `isEnabled target kind source secondKey constant expression conditions { when then } otherwise valueMapKey default
  defaultWhen onCreate onUpdate whenEmpty note includeWhen`;
export const mappingShape = `${editedShape} problems { code at message range { from to } }
  draft { includeWhen rules { ${ruleShape} rules { ${ruleShape} } } }`;

export const editOf = ({ id, draftRevision }: Edited): { id: string; expectedRevision: number } => ({
  id,
  expectedRevision: draftRevision,
});

export function mappingApi(hub: HubHandle) {
  return {
    async valueMap(key: string): Promise<Edited> {
      const query = `query ($id: ID!) { valueMap(id: $id) { ${editedShape} } }`;
      return (await hub.graphql<{ valueMap: Edited }>(query, { id: key })).valueMap;
    },
    async mapping(key: string): Promise<MappingDraft> {
      const query = `query ($id: ID!) { mapping(id: $id) { ${mappingShape} } }`;
      return (await hub.graphql<{ mapping: MappingDraft }>(query, { id: key })).mapping;
    },
    /** One mutation with one input; `shape` is what is asked of the result beside its errors. */
    async mutate<T extends UserErrors>(name: string, shape: string, input: object): Promise<T> {
      const isPlain = /^mapping(?:DraftDiscard|ShippedRestore)$/.test(name);
      const type = isPlain ? 'DraftEdit' : `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
      const answer = await hub.graphql<Record<string, T>>(
        `mutation ($input: ${type}!) { ${name}(input: $input) { ${shape} userErrors { code message } } }`,
        { input },
      );
      return answer[name]!;
    },
  };
}
export type MappingApi = ReturnType<typeof mappingApi>;

/** Takes rows out of the version of a value list that is in use; nothing that is waiting is tried again. */
export async function removeRows(
  hub: HubHandle,
  list: string,
  entries: readonly { readonly sourceValue: string; readonly secondKey?: string }[],
): Promise<void> {
  const api = mappingApi(hub);
  const edit = { ...editOf(await api.valueMap(list)), entries };
  const removed = await api.mutate<UserErrors & { valueMap: Edited }>('valueMapEntriesDelete', `valueMap { ${editedShape} }`, edit); // prettier-ignore
  if (removed.userErrors.length > 0) throw new Error(JSON.stringify(removed.userErrors));
  const publish = { ...editOf(removed.valueMap), note: 'A row too many', then: 'APPLY_TO_NEW' };
  const { userErrors } = await api.mutate<UserErrors>('valueMapPublish', 'replayedCount', publish);
  if (userErrors.length > 0) throw new Error(JSON.stringify(userErrors));
}
