/** What an address may say, for routes. In: how its search parameters are read. Out: the same, with nothing beside that. Pure. */

type Given = Record<string, unknown>;

/** The router hands on what a route did not read, so that a mistyped value would come through all the same; here it is none. */
export const onlyKnown =
  <Search extends object>(read: (given: Given) => Search) =>
  (given: Given): Search => ({
    ...Object.fromEntries(Object.keys(given).map((name) => [name, undefined])),
    ...read(given),
  });
