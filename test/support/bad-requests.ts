/** What clients should not send, and what is said about it: one table for both transports. */

/** A request that is well formed. */
export const ok = JSON.stringify({ query: '{ viewer { role } }' });
/** The body of a request. */
const q = (query: string, variables?: unknown, more: object = {}): string =>
  JSON.stringify({ query, variables, ...more });

export const byId = 'query ($id: ID!) { node(id: $id) { id } }';

export type BadRequest = [
  name: string,
  body: string | Buffer,
  headers: Record<string, string>,
  status: number,
  code: string,
  message: RegExp,
];
export const badRequests: BadRequest[] = [
  ['an empty body', '', {}, 400, 'BAD_JSON', /empty/],
  ['half a body', '{', {}, 400, 'BAD_JSON', /cannot be read/],
  ['two documents', `${ok}${ok}`, {}, 400, 'BAD_JSON', /cannot be read/],
  ['text that is not UTF-8', Buffer.from([0x7b, 0xff, 0x7d]), {}, 400, 'BAD_JSON', /UTF-8/],
  ['a string', '"x"', {}, 400, 'BAD_JSON', /not an object/],
  ['a batch', `[${ok}]`, {}, 400, 'BATCHING_DISABLED', /one request/],
  ['another content type', ok, { 'content-type': 'application/xml' }, 400, 'BAD_JSON', /application\/xml/],
  ['a form of a web page', ok, { 'content-type': 'text/plain' }, 400, 'CSRF_PREVENTED', /web page/],
  ['another charset', ok, { 'content-type': 'application/json; charset=latin1' }, 415, 'CONTENT_TYPE_UNSUPPORTED', /latin1/],
  ['a compressed body', ok, { 'content-encoding': 'gzip' }, 415, 'CONTENT_TYPE_UNSUPPORTED', /gzip/],
  ['a body of more than 1 MB', `{"query": "${'x'.repeat(1_100_000)}"}`, {}, 413, 'BODY_TOO_LARGE', /1,048,576/],
  ['no key', ok, { authorization: '' }, 401, 'UNAUTHENTICATED', /none was sent/],
  ['an unknown key', ok, { authorization: `Bearer kpl_${'a'.repeat(8)}_${'b'.repeat(43)}` }, 401, 'UNAUTHENTICATED', /unknown/],
  ['no query', '{}', {}, 400, 'BAD_USER_INPUT', /query/],
  ['a query that is a number', '{"query": 1}', {}, 400, 'BAD_USER_INPUT', /query/],
  ['variables that are a list', q('{ viewer { role } }', []), {}, 400, 'BAD_USER_INPUT', /variables/],
  ['a syntax error', q('{ viewer {'), {}, 400, 'GRAPHQL_PARSE_FAILED', /Syntax Error/],
  ['an unknown field', q('{ viewer { nme } }'), {}, 400, 'GRAPHQL_VALIDATION_FAILED', /Cannot query field/],
  ['a field that is nearly right', q('{ viewer { rol } }'), {}, 400, 'GRAPHQL_VALIDATION_FAILED', /^Cannot query field "rol" on type "Viewer"\.( Did you mean "role"\?)?$/],
  ['an operation that is not selected', q('query A { viewer { role } }', {}, { operationName: '' }), {}, 400, 'BAD_USER_INPUT', /no operation/],
  ['an unknown operation name', q('query A { viewer { role } }', {}, { operationName: 'B' }), {}, 400, 'BAD_USER_INPUT', /no operation B/],
  ['several operations without a name', q('query A { viewer { role } } query B { viewer { role } }'), {}, 400, 'BAD_USER_INPUT', /A, B/],
  ['a subscription over HTTP', q('subscription { syncEventRecorded { cursor } }'), {}, 400, 'BAD_USER_INPUT', /WebSocket/],
  ['200 levels', q(`{ ${'rootCategories { parent { '.repeat(100)} id ${'} } '.repeat(100)} }`), {}, 400, 'QUERY_TOO_COMPLEX', /depth; the limit is 10/],
  ['200 levels in fragments', q(`{ rootCategories { ...f0 } } ${Array.from({ length: 50 }, (_, i) => `fragment f${i} on Category { parent { id ...f${i + 1} } }`).join(' ')} fragment f50 on Category { id }`), {}, 400, 'QUERY_TOO_COMPLEX', /depth/],
  ['2,000 aliases', q(`{ ${Array.from({ length: 300 }, (_, i) => `a${i}: health { status }`).join(' ')} }`), {}, 400, 'QUERY_TOO_COMPLEX', /300 aliases; the limit is 30/],
  ['50,000 repeated fields', q(`{ viewer { ${'role '.repeat(50_000)} } }`), {}, 400, 'QUERY_TOO_COMPLEX', /tokens; the limit is 15,000/],
  ['1,500 repeated fields', q(`{ viewer { ${'role '.repeat(1_500)} } }`), {}, 400, 'QUERY_TOO_COMPLEX', /fields; the limit is 600/],
  ['1,500 fragments', q(`{ viewer { ${Array.from({ length: 750 }, (_, i) => `...f${i}`).join(' ')} } } ${Array.from({ length: 750 }, (_, i) => `fragment f${i} on Viewer { role }`).join(' ')}`), {}, 400, 'QUERY_TOO_COMPLEX', /fields; the limit is 600/],
  ['3,000 directives', q(`{ viewer { role ${'@include(if: true) '.repeat(100)} } }`), {}, 400, 'QUERY_TOO_COMPLEX', /directives; the limit is 10/],
  ['20 root fields', q(`{ ${Array.from({ length: 20 }, () => 'viewer { role }').join(' ')} }`), {}, 400, 'QUERY_TOO_COMPLEX', /root fields; the limit is 10/],
  ['a fragment that uses itself', q('{ viewer { ...f } } fragment f on Viewer { ...f }'), {}, 400, 'GRAPHQL_VALIDATION_FAILED', /itself/],
  ['too much at once', q('{ products(first: 100) { nodes { variants(first: 100) { nodes { stockLevels(first: 100) { nodes { id location { id } } } } } } } }'), {}, 400, 'QUERY_TOO_EXPENSIVE', /limit is 10,000/],
  ['a missing variable', q(byId, {}), {}, 400, 'BAD_USER_INPUT', /\$id/],
  ['null for a variable that is required', q(byId, { id: null }), {}, 400, 'BAD_USER_INPUT', /\$id/],
  ['a variable of another type', q(byId, { id: { a: 1 } }), {}, 400, 'BAD_USER_INPUT', /\$id/],
  ['a variable that is not declared', q(byId, { id: 'x', other: 1 }), {}, 400, 'BAD_USER_INPUT', /variables\.other/],
  ['NUL in a variable', q(byId, { id: 'a\u0000' }), {}, 400, 'BAD_USER_INPUT', /variables\.id .*NUL/],
  ['half a surrogate pair', `{"query": ${JSON.stringify(byId)}, "variables": {"id": "\\ud800"}}`, {}, 400, 'BAD_USER_INPUT', /surrogate/],
  ['NUL in a literal', q('{ node(id: "\\u0000") { id } }'), {}, 400, 'BAD_USER_INPUT', /line 1/],
  ['100,000 wrong values', q('query ($f: ProductFilter) { products(filter: $f) { nodes { id } } }', { f: { status: Array(50_000).fill('x') } }), {}, 400, 'BAD_USER_INPUT', /ProductStatus/],
  ['variables nested 100 deep', q('query ($f: ProductFilter) { products(filter: $f) { nodes { id } } }', { f: JSON.parse('{"not":'.repeat(100) + '{}' + '}'.repeat(100)) }), {}, 400, 'BAD_USER_INPUT', /nested/],
]; // prettier-ignore
