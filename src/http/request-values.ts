/** Text that the database could not keep as it is: it is refused here, with its place, instead of failing or changing there. */

// eslint-disable-next-line no-control-regex -- NUL is what is looked for
const unkeepable = /\u0000|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;

/** Where and what the first bad text is; null when there is none. Deeper than `depth` counts as bad. */
export function badText(
  value: unknown,
  path: readonly string[],
  depth: number,
): { readonly where: string; readonly what: string } | null {
  const where = path.join('.').slice(0, 200);
  if (typeof value === 'string') {
    return unkeepable.test(value) ? { where, what: 'it contains a NUL character or half of a surrogate pair' } : null;
  }
  if (typeof value !== 'object' || value === null) return null;
  if (depth === 0) return { where, what: 'it is nested too deeply' };
  for (const [name, member] of Object.entries(value)) {
    const bad = badText(name, [...path, 'name'], 1) ?? badText(member, [...path, name], depth - 1);
    if (bad !== null) return bad;
  }
  return null;
}
