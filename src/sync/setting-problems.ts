/**
 * What is wrong with settings of a flow before they are stored: names of fields that do not exist, documents that the target
 * does not take. In: the kind of flow, its target, the settings. Out: sentences that say what is accepted. Pure.
 */
import type { Document, Json } from '../base/document.js';
import type { FlowEntity } from '../canonical/entities.js';
import { ownableFields } from '../canonical/flow-entities.js';
import { documentsOf } from '../canonical/order-fields.js';
import type { Connector } from '../systems/system.js';

export interface SettingProblem {
  readonly message: string;
  /** Path below the settings. */
  readonly field: readonly string[];
}

type Target = Pick<Connector, 'name' | 'targets'>;

/** `target`: the connector of the target; undefined when this hub has none of that kind. */
export function settingProblems(entity: FlowEntity, target: Target | undefined, settings: Document): SettingProblem[] {
  return [...ownedProblems(entity, settings['ownedFields']), ...documentProblems(entity, target, settings['order'])];
}

function ownedProblems(entity: FlowEntity, owned: Json | undefined): SettingProblem[] {
  if (!Array.isArray(owned)) return [];
  const { plain, dotted } = ownableFields(entity);
  const unknown = (owned as readonly Json[]).map(String).filter((name) => !plain.includes(name) && !dotted.has(name));
  if (unknown.length === 0) return [];
  const message = `There is no field ${unknown.join(', ')} in a flow of this kind; it has ${plain.join(', ')}.`;
  return [{ message, field: ['ownedFields'] }];
}

function documentProblems(entity: FlowEntity, target: Target | undefined, order: Json | undefined): SettingProblem[] {
  const wanted = typeof order === 'object' && order !== null ? (order as Document)['documentType'] : undefined;
  const record = target?.targets.find((each) => each.entity === 'order');
  if (entity !== 'order' || typeof wanted !== 'string' || target === undefined || record === undefined) return [];
  const taken: readonly string[] = record.documentTypes ?? ['ORDER'];
  if (taken.includes(wanted)) return [];
  const message = `${target.name} does not take ${documentsOf(wanted)}; it takes ${taken.map(documentsOf).join(', ')}.`;
  return [{ message, field: ['order', 'documentType'] }];
}
