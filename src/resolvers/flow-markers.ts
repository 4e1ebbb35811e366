/** From where a flow reads on. The effect is told first; nothing happens before it is confirmed. */
import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { FlowMarkerResetInput, FlowMarkerResetPayload, type MarkerTarget as Asked } from '../schema/flow-inputs.js';
import type { MarkedFlow, MarkerTarget } from '../sync/markers.js';
import type { Context } from './context.js';
import { refusal, userError } from './user-errors.js';

const edges = { BEGINNING: 'beginning', NOW: 'now', HERE: 'here' } as const;

/** The one that was given; null when it is none or both. */
function targetOf({ edge, marker }: Asked): MarkerTarget | null {
  if ((edge == null) === (marker == null)) return null;
  return edge == null ? { marker: marker! } : edges[edge];
}

@Resolver()
export class FlowMarkerResolver {
  @Mutation(() => FlowMarkerResetPayload, {
    description: 'Lets a flow read on from another place; unless it is confirmed, says only what that would mean.',
  })
  async flowMarkerReset(
    @Arg('input', () => FlowMarkerResetInput) { id, to, reason, isConfirmed }: FlowMarkerResetInput,
    @Ctx() context: Context,
  ): Promise<FlowMarkerResetPayload> {
    const refused = (
      code: 'NOT_FOUND' | 'INVALID' | 'BLANK',
      message: string,
      field: string,
    ): FlowMarkerResetPayload => ({
      flow: null,
      affected: null,
      userErrors: [userError(code, message, [field])],
    });
    const flow = await context.reads.flow(id);
    if (flow === null) return refused('NOT_FOUND', `There is no flow ${id}.`, 'id');
    const target = targetOf(to);
    if (target === null) return refused('INVALID', 'Give either an edge or a marker.', 'to');
    if (reason.trim() === '') return refused('BLANK', 'Say why.', 'reason');
    const marked = { source: flow.sourceKey, target: flow.targetKey, entity: flow.entity as MarkedFlow['entity'] };
    try {
      const count = await context.commands.markers.affected(marked, target);
      if (isConfirmed) {
        await context.commands.markers.reset(marked, target);
        await context.audit('flowMarkerReset', id, {
          flow: flow.key,
          to: JSON.stringify(target),
          reason: reason.trim(),
        });
      }
      const affected = count === null ? null : ({ value: count, precision: 'AT_MOST' } as const);
      return { flow: await context.fresh().flow(id), affected, userErrors: [] };
    } catch (thrown) {
      return { flow, affected: null, userErrors: [refusal(thrown, ['to'])] };
    }
  }
}
