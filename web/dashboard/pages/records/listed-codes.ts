/** What the systems call their own codes: VAT, methods, categories. Asked apart from everything else; until it is known a code stands as it is. */
import { useAsk } from '../../api/hooks.ts';
import { ListedCodesDocument } from '../../graph/graphql.ts';

/** The name of a code by the field in which it stands; undefined when no system lists it, or several call it differently. */
export function useListedCodes(): (field: string, code: string) => string | undefined {
  const { data } = useAsk(ListedCodesDocument, {});
  return (field, code) => data?.listedCodes.find((each) => each.field === field && each.code === code)?.name;
}
