/**
 * What every resolver is given: who asks, the reads of this request, and the commands that change something. Resolvers say
 * what the graph offers and decide nothing.
 */
import type { AlertCare } from '../alerts/alert-care.js';
import type { Document } from '../base/document.js';
import type { Language } from '../base/languages.js';
import type { Health } from '../schema/health.js';
import type { Accounts } from '../security/accounts.js';
import type { Caller } from '../security/caller.js';
import type { Keyring } from '../security/keyring.js';
import type { FieldOrigins } from '../store/last-words.js';
import type { FieldsOf } from '../store/record-fields.js';
import type { SavedViewCare } from '../store/saved-views.js';
import type { Reads } from '../store/reads.js';
import type { Connector, CheckResult } from '../schema/system.js';
import type { CodeChoices } from '../sync/code-choices.js';
import type { FlowSettings } from '../sync/configuration.js';
import type { FlowChange, NewFlow } from '../sync/flows.js';
import type { SettingProblem } from '../sync/setting-problems.js';
import type { ConfigurationFiles } from '../sync/configuration-import.js';
import type { CustomerMerges } from '../sync/customer-merges.js';
import type { Erasures } from '../sync/erasure.js';
import type { Exports } from '../sync/exports.js';
import type { FieldOwnership } from '../sync/field-ownership.js';
import type { Demo } from '../sync/demo.js';
import type { Setup } from '../sync/setup.js';
import type { SpokenNames } from '../sync/spoken-names.js';
import type { SystemAdmin } from '../sync/system-admin.js';
import type { Comparisons } from '../sync/comparisons.js';
import type { RestoreChecks } from '../sync/restored.js';
import type { Trials } from '../sync/trial.js';
import type { FlowRemains } from '../store/flow-removal.js';
import type { Markers } from '../sync/markers.js';
import type { ReferenceLinks } from '../sync/reference-links.js';
import type { HeldRuns } from '../sync/held-runs.js';
import type { RecordPast } from '../sync/record-past.js';
import type { Resends } from '../sync/resend.js';
import type { Undo } from '../sync/undo.js';
import type { MappingWork } from '../sync/mapping-work.js';
import type { ValueListEdits } from '../sync/value-list-edits.js';
import type { EventFeed, JobFeed, StateFeeds } from './feed.js';
import type { FirstAnswers } from './first-answers.js';

/** What the engine can be told to do. Each throws a KoppelError when it cannot. */
export interface Commands {
  pauseFlow(key: string, reason: string | null, until: Date | null): Promise<void>;
  resumeFlow(key: string): Promise<void>;
  /** Asks for a run now; the flow takes it up at its next turn. */
  runFlow(key: string): Promise<void>;
  /** Stored settings with their defaults; never throws. */
  settingsOf(stored: Document): FlowSettings;
  /** What is wrong with settings for a flow of this kind into a system of this kind; never throws. */
  settingProblems(entity: NewFlow['entity'], targetKind: string, settings: Document): readonly SettingProblem[];
  /** Makes a flow that does nothing until it is enabled. */
  createFlow(flow: NewFlow): Promise<void>;
  updateFlow(key: string, change: FlowChange): Promise<void>;
  enableFlow(key: string): Promise<void>;
  disableFlow(key: string): Promise<void>;
  /** Deletes a flow that is not in use; returns what there was of it. */
  deleteFlow(key: string): Promise<FlowRemains>;
  /** What goes and what stays when a flow is deleted. */
  flowRemains(key: string): Promise<FlowRemains>;
  /** Ends what the write guard holds of a run. */
  readonly heldRuns: HeldRuns;
  readonly resends: Resends;
  readonly undo: Undo;
  readonly savedViews: SavedViewCare;
  readonly references: ReferenceLinks;
  /** How many of the open problems are being tried again. */
  /** `asOwn`: records whose mark the hub does not know are taken in as records of their own. */
  replayParked(ids: readonly string[], options: { readonly asOwn: boolean }): Promise<number>;
  /** `by`: id of the user or key. */
  discardParked(ids: readonly string[], note: string, by: string): Promise<number>;
  /** How many open problems the user deals with now; null = nobody any more. */
  assignParked(ids: readonly string[], assignee: string | null): Promise<number>;
  /** False when there is no such problem; what is undefined stays. */
  annotateParked(
    id: string,
    change: { note?: string | null | undefined; tags?: readonly string[] | undefined },
  ): Promise<boolean>;
  readonly alerts: AlertCare;
  readonly valueLists: ValueListEdits;
  /** What systems list themselves of the codes of a value list. */
  readonly codeChoices: CodeChoices;
  readonly mappings: MappingWork;
  readonly fieldOwnership: FieldOwnership;
  readonly systems: SystemAdmin;
  /** Null when the hub was started without sandboxes. */
  readonly demo: Demo | null;
  /** How far the first steps are. */
  readonly setup: Setup;
  readonly trials: Trials;
  readonly comparisons: Comparisons;
  readonly restoreChecks: RestoreChecks;
  readonly erasures: Erasures;
  readonly exports: Exports;
  readonly customerMerges: CustomerMerges;
  readonly markers: Markers;
  readonly configurationFiles: ConfigurationFiles;
  /** What people call systems, value lists and fields, as configured now. */
  readonly names: SpokenNames;
  /** Fields of records of the hub, in their order. */
  readonly fieldsOf: FieldsOf;
  /** By which rules records hold what they hold. */
  readonly origins: FieldOrigins;
  /** Records at other moments. */
  readonly past: RecordPast;
  /** Asks a system now which fields it has; whether there are others than before. */
  discoverFields(key: string): Promise<boolean>;
  /** One entry per check, for people; never throws. */
  testSystem(key: string): Promise<readonly CheckResult[]>;
}

export interface Context {
  readonly requestId: string;
  readonly caller: Caller;
  /** In which the caller is spoken to. */
  readonly language: Language;
  readonly reads: Reads;
  /** Throws when the key or session has ended since; called before every event of a subscription. */
  recheck(): Promise<void>;
  /** Forgets what was read before, so that the next event is answered from fresh reads. */
  renew(): void;
  /** Reads that know nothing of what was read before; for answering after a change. */
  fresh(): Reads;
  now(): Date;
  readonly commands: Commands;
  readonly keys: Keyring;
  readonly people: Accounts;
  /** Counts what is tried with the password of an account, whoever's it is. */
  attempt<T>(account: string, work: () => Promise<T>): Promise<T>;
  readonly feed: EventFeed;
  readonly jobFeed: JobFeed;
  readonly states: StateFeeds;
  /** Ends when the request has ended or taken too long. */
  readonly signal: AbortSignal;
  health(): Promise<Health>;
  connectors(): readonly Connector[];
  audit(action: string, subject: string, detail: Document): Promise<void>;
  readonly firstAnswers: FirstAnswers;
  /** What the request costs, and what is left of the caller's budget after it. */
  readonly cost: {
    readonly requested: number;
    readonly remaining: number;
    readonly restoreRate: number;
    readonly limit: number;
  };
}
