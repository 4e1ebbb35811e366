/** Pauses and resumes flows as a person does it over the API. */
import type { HubHandle } from './processes.js';

export async function switchFlow(hub: HubHandle, key: string, to: 'paused' | 'resumed'): Promise<void> {
  const { flows } = await hub.graphql<{ flows: { id: string; key: string }[] }>('{ flows { id key } }');
  const id = flows.find((flow) => flow.key === key)?.id;
  if (id === undefined) throw new Error(`there is no flow ${key}`);
  const [mutation, more] = to === 'paused' ? ['flowPause', ', reason: "a test"'] : ['flowResume', ''];
  const input = `input: { id: $id${more} }`;
  const answer = await hub.graphql<Record<string, { userErrors: { message: string }[] }>>(
    `mutation ($id: ID!) { ${mutation}(${input}) { userErrors { message } } }`,
    { id },
  );
  const [error] = answer[mutation ?? '']?.userErrors ?? [];
  if (error !== undefined) throw new Error(`${key} cannot be ${to}: ${error.message}`);
}
