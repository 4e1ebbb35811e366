/**
 * What the systems call their own codes, for values wherever they are shown. In: the value lists' codes as the systems list them. Out: each code
 * once for every field in which it can stand. A code that systems call differently has no name: which of them is meant is not known here.
 */
import { Ctx, Query, Resolver } from 'type-graphql';
import { ListedCode } from '../schema/listed-code.js';
import type { Context } from './context.js';

/** A field that holds codes which a system lists. */
interface Place {
  readonly system: string;
  readonly field: string;
  readonly list: string;
}

async function placesOf({ reads, commands: { names } }: Context): Promise<readonly Place[]> {
  const systems = await reads.load.systems();
  return systems.flatMap(({ key: system }) => {
    const { listed = {}, held = {} } = names.codes(system) ?? {};
    return [...Object.entries(listed), ...Object.entries(held)].map(([field, list]) => ({ system, field, list }));
  });
}

async function codesAt({ system, field, list }: Place, { commands }: Context): Promise<readonly ListedCode[]> {
  const answers = await commands.codeChoices.of(list);
  const codes = answers.flatMap(({ systemKey, codes: all }) => (systemKey === system ? all : []));
  return codes.flatMap(({ value: code, name }) => (name === null || name === code ? [] : { field, code, name }));
}

/** Each once, without those that have several names. */
function unambiguous(codes: readonly ListedCode[]): readonly ListedCode[] {
  const found = new Map<string, ListedCode | null>();
  for (const each of codes) {
    const key = `${each.field} ${each.code}`;
    const known = found.get(key);
    found.set(key, known === undefined || known?.name === each.name ? each : null);
  }
  return [...found.values()].filter((each) => each !== null);
}

@Resolver()
export class ListedCodeResolver {
  @Query(() => [ListedCode], {
    description:
      'The codes that connected systems list themselves, with their names. Systems are asked now and then; one that does not answer has none.',
  })
  async listedCodes(@Ctx() context: Context): Promise<readonly ListedCode[]> {
    const places = await placesOf(context);
    const found = await Promise.all(places.map((place) => codesAt(place, context)));
    return unambiguous(found.flat());
  }
}
