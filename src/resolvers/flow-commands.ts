/** Commands to flows and systems. */
import type { Document } from '../base/document.js';
import { KoppelError } from '../base/errors.js';
import type { Flow } from '../schema/flow.js';
import type { SystemCandidate, SystemTestInput } from '../schema/inputs.js';
import type { SystemFieldsDiscoverPayload, SystemTestPayload, UserError } from '../schema/payloads.js';
import type { Context } from './context.js';
import { refusal, userError } from './user-errors.js';

interface FlowResult {
  readonly flow: Flow | null;
  readonly userErrors: readonly UserError[];
}

/** Carries a command out on the flow with this id and returns the flow as it is then. */
export async function changeFlow(
  context: Context,
  action: string,
  id: string,
  command: (key: string) => Promise<void>,
  detail: Document | ((before: Flow, after: Flow | null) => Document) = {},
): Promise<FlowResult> {
  const flow = await context.reads.flow(id);
  if (flow === null) return { flow, userErrors: [userError('NOT_FOUND', `There is no flow ${id}.`, ['id'])] };
  try {
    await command(flow.key);
  } catch (thrown) {
    return { flow, userErrors: [refusal(thrown, ['id'])] };
  }
  const after = await context.fresh().flow(id);
  await context.audit(action, id, { flow: flow.key, ...(typeof detail === 'function' ? detail(flow, after) : detail) });
  return { flow: after, userErrors: [] };
}

/** Tries the stored settings of a system, or others before they are stored: these aim at any address, as a new system would. */
export async function testSystem(context: Context, { id, candidate }: SystemTestInput): Promise<SystemTestPayload> {
  if ((id == null) === (candidate == null)) {
    const one = 'Give either a system that is connected, or a candidate.';
    return { result: null, userErrors: [userError('INVALID', one, [])] };
  }
  return candidate == null ? testConnected(context, id!) : tryOut(context, candidate);
}

async function tryOut(context: Context, { connectorKey, settings }: SystemCandidate): Promise<SystemTestPayload> {
  if (!context.caller.scopes.has('WRITE_SYSTEMS')) {
    throw new KoppelError('FORBIDDEN', { what: 'Mutation.systemTest of a candidate', needed: 'WRITE_SYSTEMS' });
  }
  const found = await context.commands.systems.tryOut({ connector: connectorKey, settings });
  const checks = found.map(({ name, status, message, hint, settings: about = [] }) => ({
    ...{ name, message, hint: hint ?? null, settings: about, durationMs: null },
    status: status.toUpperCase(),
  }));
  const isOk = checks.every(({ status }) => status !== 'FAIL');
  await context.audit('systemTest', connectorKey, { connector: connectorKey, isOk });
  return { result: { isOk, checks }, userErrors: [] };
}

async function testConnected(context: Context, id: string): Promise<SystemTestPayload> {
  const system = await context.reads.system(id);
  if (system === null)
    return { result: null, userErrors: [userError('NOT_FOUND', `There is no system ${id}.`, ['id'])] };
  const checks = [...(await context.commands.testSystem(system.key))];
  const isOk = checks.every(({ status }) => status !== 'FAIL');
  await context.audit('systemTest', id, { system: system.key, isOk });
  return { result: { isOk, checks }, userErrors: [] };
}

export async function discoverFields(context: Context, id: string): Promise<SystemFieldsDiscoverPayload> {
  const system = await context.reads.system(id);
  if (system === null)
    return { isChanged: false, userErrors: [userError('NOT_FOUND', `There is no system ${id}.`, ['id'])] };
  try {
    const isChanged = await context.commands.discoverFields(system.key);
    await context.audit('systemFieldsDiscover', id, { system: system.key, isChanged });
    return { isChanged, userErrors: [] };
  } catch (thrown) {
    return { isChanged: false, userErrors: [refusal(thrown, ['id'])] };
  }
}
