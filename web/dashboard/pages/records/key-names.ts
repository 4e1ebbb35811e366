/** What flows and systems are called, by their keys; those that are gone keep theirs. */
import { useAsk } from '../../api/hooks.ts';
import { KeyNamesDocument } from '../../graph/graphql.ts';

export function useKeyNames(): (key: string) => string {
  const { data } = useAsk(KeyNamesDocument, {});
  const named = new Map([...(data?.flows ?? []), ...(data?.systems ?? [])].map(({ key, name }) => [key, name]));
  return (key) => named.get(key) ?? key;
}
