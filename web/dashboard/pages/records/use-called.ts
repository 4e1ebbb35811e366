/** What the records are called that some values name. In: values as records hold them. Out: the records by their ids, as soon as the hub has said. */
import { useAsk } from '../../api/hooks.ts';
import { RecordNamesDocument, type CalledRecordFragment } from '../../graph/graphql.ts';
import { recordsIn } from './moments.ts';

export type CalledRecords = ReadonlyMap<string, CalledRecordFragment>;

/** As many as the hub names at once. */
const mostNames = 100;

export function useCalled(values: readonly unknown[]): CalledRecords {
  const ids = [...new Set(values.flatMap(recordsIn))].slice(0, mostNames);
  const { data } = useAsk(RecordNamesDocument, { ids }, { isOff: ids.length === 0 });
  return new Map((data?.nodes ?? []).flatMap((node) => (node == null ? [] : [[node.id, node] as const])));
}
