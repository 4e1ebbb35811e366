-- What the migrations make, written by `npm run docs`; the migrations are what counts.

create table alert (
  id text not null,
  rule text,
  kind text not null,
  severity text not null,
  subject text not null,
  flow text,
  system text,
  title text not null,
  description text not null,
  path text,
  started_at timestamp with time zone not null default now(),
  missed integer not null default 0,
  acknowledged_at timestamp with time zone,
  acknowledged_by text,
  note text,
  snoozed_until timestamp with time zone,
  resolved_at timestamp with time zone,
  rests boolean not null default false,
  PRIMARY KEY (id),
  FOREIGN KEY (rule) REFERENCES alert_rule(id) ON DELETE SET NULL
);
comment on column alert.subject is 'What it is about: flow:<key>, system:<key>, streams:<key> (some of what a system shows), or all.';
comment on column alert.missed is 'Rounds in a row in which its condition did not hold.';
comment on column alert.rests is 'Ended by a person while its condition held: nothing begins anew until the condition has ended or the rule was saved.';
CREATE INDEX alert_list ON alert USING btree (started_at DESC, id DESC);
CREATE INDEX alert_resting ON alert USING btree (rule, subject) WHERE rests;
CREATE UNIQUE INDEX alert_of_subject ON alert USING btree (rule, subject) WHERE (resolved_at IS NULL);

create table alert_channel (
  id text not null,
  kind text not null,
  name text not null,
  target text not null,
  secrets bytea,
  has_secret boolean not null default false,
  language text not null default 'en'::text,
  verified_at timestamp with time zone,
  last_error text,
  version integer not null default 1,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  key text,
  PRIMARY KEY (id),
  CHECK ((kind = ANY (ARRAY['EMAIL'::text, 'WEBHOOK'::text])))
);
comment on column alert_channel.target is 'An e-mail address, or the URL of a webhook without its query, as people are shown it.';
comment on column alert_channel.secrets is 'The whole URL of a webhook and what its messages are signed with, sealed as security/secrets.ts says.';
comment on column alert_channel.has_secret is 'Whether messages are signed.';
comment on column alert_channel.language is 'In which messages are written: that of whoever set it up.';
comment on column alert_channel.verified_at is 'When a message went through first since its target was last changed.';
comment on column alert_channel.key is 'What a configuration file calls it; given by a trigger when it is made without one.';
CREATE UNIQUE INDEX alert_channel_key ON alert_channel USING btree (key);

create table alert_notification (
  id text not null,
  alert text not null,
  channel text,
  reason text not null,
  created_at timestamp with time zone not null default now(),
  due_at timestamp with time zone not null default now(),
  claimed_by text,
  claimed_until timestamp with time zone not null default '-infinity'::timestamp with time zone,
  attempts integer not null default 0,
  tried_at timestamp with time zone,
  last_error text,
  delivered_at timestamp with time zone,
  given_up_at timestamp with time zone,
  PRIMARY KEY (id),
  FOREIGN KEY (alert) REFERENCES alert(id) ON DELETE CASCADE,
  FOREIGN KEY (channel) REFERENCES alert_channel(id) ON DELETE SET NULL,
  CHECK ((reason = ANY (ARRAY['STARTED'::text, 'REMINDER'::text, 'RESOLVED'::text])))
);
comment on column alert_notification.claimed_until is 'Whoever has claimed it sends it until then; afterwards anybody may.';
CREATE INDEX alert_notification_due ON alert_notification USING btree (due_at) WHERE ((delivered_at IS NULL) AND (given_up_at IS NULL));
CREATE INDEX alert_notification_of_alert ON alert_notification USING btree (alert);
CREATE UNIQUE INDEX alert_notification_once ON alert_notification USING btree (alert, channel, reason) WHERE (reason <> 'REMINDER'::text);

create table alert_rule (
  id text not null,
  name text not null,
  kind text not null,
  severity text not null,
  threshold integer,
  window_minutes integer,
  flows text[] not null default '{}'::text[],
  systems text[] not null default '{}'::text[],
  channels text[] not null default '{}'::text[],
  is_enabled boolean not null default true,
  version integer not null default 1,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  key text,
  PRIMARY KEY (id)
);
comment on column alert_rule.flows is 'Keys; empty = all. One that is limited to flows or systems of which none is left is switched off.';
comment on column alert_rule.key is 'What a configuration file calls it; given by a trigger when it is made without one.';
CREATE UNIQUE INDEX alert_rule_key ON alert_rule USING btree (key);

create table alert_watch (
  is_only boolean not null default true,
  owner text,
  lease_until timestamp with time zone not null default '-infinity'::timestamp with time zone,
  since timestamp with time zone not null default now(),
  PRIMARY KEY (is_only),
  CHECK (is_only)
);
comment on table alert_watch is 'Which process looks after the rules; one row.';
comment on column alert_watch.since is 'Since when rules have been looked after without a gap.';

create table allocated_number (
  system text not null,
  entity text not null,
  canonical_id text not null,
  number numeric(18,0) not null,
  allocated_at timestamp with time zone not null default now(),
  PRIMARY KEY (system, entity, canonical_id),
  UNIQUE (system, entity, number)
);
comment on table allocated_number is 'Numbers that the hub gave to records whose own key the system cannot hold. Never changed, never given twice.';

create table api_key (
  id text not null,
  name text not null,
  prefix text not null,
  hash text not null,
  role text not null,
  created_at timestamp with time zone not null default now(),
  expires_at timestamp with time zone,
  last_used_at timestamp with time zone,
  revoked_at timestamp with time zone,
  scopes text[],
  created_by text,
  trusted_documents_only boolean not null default false,
  PRIMARY KEY (id),
  UNIQUE (hash),
  CHECK ((role = ANY (ARRAY['VIEWER'::text, 'OPERATOR'::text, 'EDITOR'::text, 'ADMIN'::text])))
);
comment on column api_key.scopes is 'Null = all scopes of the role.';
comment on column api_key.created_by is 'Id of the key with which it was made; null for the one of the first start.';

create table app_user (
  id text not null,
  version integer not null default 1,
  name text not null,
  email text not null,
  email_key text not null,
  role text not null,
  language text not null default 'en'::text,
  is_disabled boolean not null default false,
  password_hash text,
  invitation_hash text,
  invitation_expires_at timestamp with time zone,
  created_at timestamp with time zone not null default now(),
  created_by text,
  last_seen_at timestamp with time zone,
  PRIMARY KEY (id),
  UNIQUE (email_key),
  UNIQUE (invitation_hash),
  CHECK ((role = ANY (ARRAY['VIEWER'::text, 'OPERATOR'::text, 'EDITOR'::text, 'ADMIN'::text])))
);
comment on column app_user.email_key is 'The e-mail address in small letters and one form of Unicode, so that it belongs to one person only.';
comment on column app_user.password_hash is 'scrypt with its parameters and salt; null until an invitation was accepted.';
comment on column app_user.invitation_hash is 'SHA-256 of a token that is shown once and sets the password once.';
comment on column app_user.created_by is 'Id of the user or key; null for the first account.';

create table audit (
  id bigint generated always as identity not null,
  at timestamp with time zone not null default clock_timestamp(),
  actor text not null,
  action text not null,
  subject text not null,
  detail jsonb not null default '{}'::jsonb,
  request_id text,
  address text,
  user_agent text,
  PRIMARY KEY (id)
);
CREATE INDEX audit_of_actor ON audit USING btree (actor, id);
CREATE INDEX audit_of_subject ON audit USING btree (subject, id);

create table capture_position (
  system text not null,
  stream text not null,
  position text,
  account text,
  state text not null default 'running'::text,
  stopped_code text,
  stopped_message text,
  owner text,
  epoch bigint not null default 0,
  lease_until timestamp with time zone not null default '-infinity'::timestamp with time zone,
  updated_at timestamp with time zone not null default now(),
  takes jsonb,
  failing_since timestamp with time zone,
  failing_code text,
  failing_message text,
  PRIMARY KEY (system, stream),
  CHECK ((state = ANY (ARRAY['running'::text, 'stopped'::text])))
);
comment on column capture_position.takes is 'What flows took from the stream when it was last read: kinds of records and from when on (null = all, now = nothing of the past). Null: not known.';
comment on column capture_position.failing_since is 'The first failure since the stream was read last; null while it is read. The hub goes on trying.';
comment on column capture_position.failing_message is 'What the last failure said.';

create table capture_seen (
  system text not null,
  stream text not null,
  external_id text not null,
  version numeric(30,0) not null,
  hash text not null,
  PRIMARY KEY (system, stream, external_id)
);
comment on table capture_seen is 'Hashes of the records inside the overlap that is read again; older ones are deleted.';
CREATE INDEX capture_seen_version ON capture_seen USING btree (system, stream, version);

create table category (
  id text not null,
  version integer not null,
  content_hash text not null,
  parent_id text,
  code text,
  name text not null,
  description text,
  position integer not null default 0,
  is_active boolean not null default true,
  provenance jsonb not null default '{}'::jsonb,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  deleted_at timestamp with time zone,
  PRIMARY KEY (id)
);
CREATE INDEX category_parent ON category USING btree (parent_id, "position", id);

create table comparison (
  id text not null,
  job text not null,
  flow text not null,
  entity text not null,
  source text not null,
  target text not null,
  counts jsonb not null default '{}'::jsonb,
  created_at timestamp with time zone not null default now(),
  finished_at timestamp with time zone,
  PRIMARY KEY (id),
  FOREIGN KEY (job) REFERENCES job(id) ON DELETE CASCADE,
  UNIQUE (job)
);
comment on column comparison.finished_at is 'When it had ended well; null while it goes on, and when it was cancelled or failed.';
CREATE INDEX comparison_list ON comparison USING btree (created_at DESC, id DESC);
CREATE INDEX comparison_of_flow ON comparison USING btree (flow, created_at DESC, id DESC);

create table comparison_found (
  comparison text not null,
  reading smallint not null,
  key text not null,
  place bigint generated always as identity not null,
  state text not null,
  system text not null,
  entity text not null,
  external_id text,
  canonical_id text,
  changes jsonb not null,
  reason text,
  reason_code text,
  PRIMARY KEY (comparison, reading, key)
);
comment on table comparison_found is 'While a comparison reads: what each of its two readings has found. What stands in both becomes comparison_item.';
CREATE INDEX comparison_found_place ON comparison_found USING btree (comparison, reading, place);
CREATE INDEX comparison_found_record ON comparison_found USING btree (comparison, reading, canonical_id) WHERE (canonical_id IS NOT NULL);

create table comparison_item (
  id text not null,
  comparison text not null,
  state text not null,
  system text not null,
  entity text not null,
  external_id text,
  canonical_id text,
  changes jsonb not null default '[]'::jsonb,
  reason text,
  reason_code text,
  repair_asked_at timestamp with time zone,
  PRIMARY KEY (id),
  FOREIGN KEY (comparison) REFERENCES comparison(id) ON DELETE CASCADE,
  CHECK ((state = ANY (ARRAY['DIFFERENT'::text, 'MISSED'::text, 'MISSING_IN_TARGET'::text, 'MISSING_IN_SOURCE'::text, 'ONLY_IN_TARGET'::text, 'DUPLICATE'::text, 'KNOWN'::text, 'IN_FLIGHT'::text])))
);
comment on column comparison_item.system is 'Whose record it is: the one that holds something else, says something that was missed, or lacks the record.';
comment on column comparison_item.entity is 'As a target holds it (stock, contact) or as a system shows it (stock_level).';
CREATE INDEX comparison_item_list ON comparison_item USING btree (comparison, state, id);
CREATE INDEX comparison_item_record ON comparison_item USING btree (canonical_id) WHERE (canonical_id IS NOT NULL);

create table comparison_schedule (
  flow text not null,
  every_hours integer not null,
  PRIMARY KEY (flow),
  CHECK (((every_hours >= 1) AND (every_hours <= 720))),
  FOREIGN KEY (flow) REFERENCES flow(key) ON DELETE CASCADE
);

create table comparison_seen (
  comparison text not null,
  system text not null,
  entity text not null,
  external_id text not null,
  PRIMARY KEY (comparison, system, entity, external_id)
);
comment on table comparison_seen is 'While a comparison reads: what systems have shown. What the hub knows and was not shown is missing.';

create table configuration_change (
  id bigint generated always as identity not null,
  at timestamp with time zone not null default clock_timestamp(),
  PRIMARY KEY (id)
);
comment on table configuration_change is 'One row per transaction that changed the configuration, kept for a day. Count and sum of ids name a revision: both read in one statement differ as soon as one more has committed.';

create table consumer_position (
  consumer text not null,
  topic text not null,
  partition integer not null,
  next_offset bigint not null default 0,
  owner text,
  epoch bigint not null default 0,
  lease_until timestamp with time zone not null default '-infinity'::timestamp with time zone,
  stopped_code text,
  stopped_message text,
  stopped_record text,
  stopped_at timestamp with time zone,
  moved_at timestamp with time zone not null default now(),
  PRIMARY KEY (consumer, topic, partition)
);
comment on table consumer_position is 'How far a consumer has come, moved in the transaction of the effect and guarded by epoch and expected offset.';
comment on column consumer_position.stopped_code is 'LOG_POSITION_LOST: the log does not hold the next offset. Nobody reads on until a person has decided where.';
comment on column consumer_position.stopped_record is 'Kind of record in the partition, when it holds only one: by it the flows that it concerns are known.';
comment on column consumer_position.moved_at is 'When next_offset was moved last.';

create table customer (
  id text not null,
  version integer not null,
  content_hash text not null,
  kind text not null default 'PERSON'::text,
  number text,
  company_name text,
  full_name text,
  first_name text,
  infix text,
  last_name text,
  email text,
  phone text,
  mobile text,
  website text,
  language text,
  vat_number text,
  registration_number text,
  price_list text,
  payment_term text,
  payment_days integer,
  is_active boolean not null default true,
  is_blocked boolean not null default false,
  note text,
  addresses jsonb not null default '[]'::jsonb,
  contacts jsonb not null default '[]'::jsonb,
  provenance jsonb not null default '{}'::jsonb,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  deleted_at timestamp with time zone,
  erased_at timestamp with time zone,
  merged_into_id text,
  PRIMARY KEY (id),
  CHECK ((kind = ANY (ARRAY['PERSON'::text, 'COMPANY'::text])))
);
comment on column customer.erased_at is 'When his personal data were removed here; the record stays as a placeholder for his orders.';
comment on column customer.merged_into_id is 'The customer that stands for this one: it is listed, written to targets and counted instead. Null = this one stands for itself.';
CREATE INDEX customer_email ON customer USING btree (lower(email), id);
CREATE INDEX customer_merged_into ON customer USING btree (merged_into_id) WHERE (merged_into_id IS NOT NULL);
CREATE INDEX customer_name ON customer USING btree (COALESCE(company_name, full_name, last_name, number, id), id);
CREATE INDEX customer_number ON customer USING btree (number);
CREATE INDEX customer_place_key ON customer USING btree (customer_place_key(COALESCE(company_name, full_name, last_name), addresses)) WHERE (addresses <> '[]'::jsonb);
CREATE INDEX customer_updated ON customer USING btree (updated_at, id);
CREATE INDEX customer_vat_key ON customer USING btree (customer_vat_key(vat_number)) WHERE (vat_number IS NOT NULL);

create table customer_key (
  customer_id text not null,
  kind text not null,
  email_key text,
  vat_key text,
  place_key text,
  PRIMARY KEY (customer_id),
  FOREIGN KEY (customer_id) REFERENCES customer(id) ON DELETE CASCADE
);
comment on table customer_key is 'By what customers who stand for themselves are perhaps one. Kept by a trigger, because working it out of every customer took seconds.';
CREATE INDEX customer_key_email ON customer_key USING btree (kind, email_key, customer_id) WHERE (email_key IS NOT NULL);
CREATE INDEX customer_key_place ON customer_key USING btree (kind, place_key, customer_id) WHERE (place_key IS NOT NULL);
CREATE INDEX customer_key_vat ON customer_key USING btree (kind, vat_key, customer_id) WHERE (vat_key IS NOT NULL);

create table customer_merge (
  id text not null,
  survivor_id text not null,
  duplicate_id text not null,
  merged_at timestamp with time zone not null default clock_timestamp(),
  merged_by text not null,
  reason text not null,
  moved jsonb not null default '[]'::jsonb,
  ended_at timestamp with time zone,
  ended_by text,
  end_reason text,
  PRIMARY KEY (id)
);
comment on table customer_merge is 'Customers that were said to be one, also those that were taken apart since: an order goes on naming whoever stood for its buyer when it came to a system.';
comment on column customer_merge.moved is 'Records of systems that went over from the duplicate to the survivor, each as {system, entity, externalId}: they go back when the two are taken apart.';
CREATE INDEX customer_merge_duplicate ON customer_merge USING btree (duplicate_id);
CREATE INDEX customer_merge_survivor ON customer_merge USING btree (survivor_id);
CREATE UNIQUE INDEX customer_merge_open ON customer_merge USING btree (duplicate_id) WHERE (ended_at IS NULL);

create table database_identity (
  is_only boolean not null default true,
  server text,
  database text not null,
  relation text not null,
  timeline text,
  files text,
  noted_at timestamp with time zone not null default clock_timestamp(),
  PRIMARY KEY (is_only),
  CHECK (is_only)
);
comment on table database_identity is 'Where the database was when the hub started last; a dump, a copy or a recovery brings it elsewhere, which is how the hub notices.';
comment on column database_identity.server is 'Identifier that the server was made with; null where it cannot be asked.';
comment on column database_identity.relation is 'Number of this table itself: another one after every restore of a dump.';
comment on column database_identity.timeline is 'Of the write-ahead log; another one after every recovery to a moment, and after a standby took over.';
comment on column database_identity.files is 'When a file of the server that it never touches was put where it is: another moment after files were copied back. Null where it cannot be asked.';

create table deferred_change (
  system text not null,
  entity text not null,
  external_id text not null,
  canonical_id text,
  version numeric(30,0) not null,
  change jsonb not null,
  trace_id text not null,
  log_topic text,
  log_partition integer,
  log_offset bigint,
  deferred_at timestamp with time zone not null default now(),
  force boolean not null default false,
  PRIMARY KEY (system, entity, external_id)
);
comment on table deferred_change is 'Changes that a system showed while a write to the same record was under way: which part of them is our own can be told only once its outcome is known. Newest per record.';
comment on column deferred_change.force is 'It is taken in although the same document has been taken over already: somebody has asked for that.';

create table discovered_field (
  system text not null,
  record text not null,
  path text not null,
  type text not null,
  label text not null,
  is_list boolean not null default false,
  first_seen_at timestamp with time zone not null default now(),
  last_seen_at timestamp with time zone not null default now(),
  gone_at timestamp with time zone,
  PRIMARY KEY (system, record, path),
  FOREIGN KEY (system) REFERENCES system(key),
  CHECK ((type = ANY (ARRAY['text'::text, 'decimal'::text, 'integer'::text, 'boolean'::text, 'instant'::text, 'object'::text, 'reference'::text])))
);
comment on table discovered_field is 'Fields that people added in a system, as it showed them last. One that is gone stays usable, because a published mapping may name it.';
comment on column discovered_field.path is 'As rules write it, from the record down.';
comment on column discovered_field.gone_at is 'When the system no longer showed it; null while it does.';

create table erased_record (
  system text not null,
  entity text not null,
  external_id text not null,
  canonical_id text not null,
  PRIMARY KEY (system, entity, external_id)
);
comment on table erased_record is 'What systems call erased customers and their orders. Capture and ingest take personal data out of what is shown of them.';
CREATE INDEX erased_record_canonical ON erased_record USING btree (canonical_id);

create table erasure (
  customer_id text not null,
  reach text not null,
  job text not null,
  begun_at timestamp with time zone not null default clock_timestamp(),
  report jsonb,
  PRIMARY KEY (customer_id),
  CHECK ((reach = ANY (ARRAY['HUB_ONLY'::text, 'HUB_AND_SYSTEMS'::text])))
);
comment on table erasure is 'Customers that are erased or being erased. Until customer.erased_at is set, targets are told a placeholder instead of him (HUB_AND_SYSTEMS) or nothing.';
comment on column erasure.report is 'What was removed and what stays, counted; written in the transaction that removes it.';

create table export_chunk (
  job text not null,
  place integer not null,
  bytes bytea not null,
  PRIMARY KEY (job, place),
  FOREIGN KEY (job) REFERENCES export_file(job) ON DELETE CASCADE
);
comment on table export_chunk is 'Parts of such files, in their order; each ends with a whole record.';

create table export_file (
  job text not null,
  subject text not null,
  made_by text not null,
  scopes text[] not null,
  writer text not null,
  read_to text,
  row_count integer not null default 0,
  byte_count integer not null default 0,
  chunk_count integer not null default 0,
  begun_at timestamp with time zone not null default clock_timestamp(),
  finished_at timestamp with time zone,
  expires_at timestamp with time zone not null,
  PRIMARY KEY (job),
  FOREIGN KEY (job) REFERENCES job(id) ON DELETE CASCADE
);
comment on table export_file is 'Files that jobs of kind EXPORT write. One without finished_at is being written and is given to nobody.';
comment on column export_file.scopes is 'What the list and its columns need: whoever downloads the file has all of them.';
comment on column export_file.writer is 'The attempt that writes it; what an earlier one still sends is refused.';
comment on column export_file.read_to is 'Cursor of the last record that is in it; an attempt that takes over goes on behind it.';
CREATE INDEX export_file_expiry ON export_file USING btree (expires_at);

create table external_reference (
  system text not null,
  entity text not null,
  external_id text not null,
  canonical_id text not null,
  natural_key text,
  origin text not null,
  source_version numeric(30,0),
  content_hash text,
  first_seen_at timestamp with time zone not null default now(),
  last_seen_at timestamp with time zone,
  last_written_at timestamp with time zone,
  shown jsonb,
  words jsonb,
  written_version numeric(30,0),
  PRIMARY KEY (system, entity, external_id),
  CHECK ((origin = ANY (ARRAY['INGESTED'::text, 'MATCHED'::text, 'CREATED'::text, 'MANUAL'::text, 'MENTIONED'::text]))),
  UNIQUE (system, entity, canonical_id)
);
comment on column external_reference.origin is 'MENTIONED: another record referred to it before it was read itself; its canonical id is already reserved.';
comment on column external_reference.content_hash is 'Hash of the last document that was taken over; a change with the same hash is not looked at again.';
comment on column external_reference.shown is 'What the system said last of the fields that several systems may change, in canonical words: only a difference from it is a change of its own (G5). Set by ingest and by the acknowledgement of a write.';
comment on column external_reference.words is 'By canonical field the words in which the system said last where an order stands.';
comment on column external_reference.written_version is 'Of the record in the streams of the system, as our last write left it; null = the system does not tell.';
CREATE INDEX external_reference_canonical ON external_reference USING btree (canonical_id);
CREATE INDEX external_reference_key ON external_reference USING btree (system, entity, natural_key) WHERE (natural_key IS NOT NULL);

create table field_conflict (
  id text not null,
  entity text not null,
  canonical_id text not null,
  field text not null,
  base jsonb,
  claims jsonb not null,
  detected_at timestamp with time zone not null default now(),
  resolved_at timestamp with time zone,
  resolved_by text,
  resolution text,
  value jsonb,
  PRIMARY KEY (id),
  CHECK (((resolved_at IS NULL) = (resolution IS NULL))),
  CHECK ((resolution = ANY (ARRAY['AGREED'::text, 'CHOSEN'::text, 'POLICY'::text])))
);
comment on column field_conflict.base is 'What the systems last agreed on; json null = nothing; SQL null = they never did, as far as is known.';
comment on column field_conflict.claims is 'By system: value, and at = when it was seen.';
comment on column field_conflict.resolution is 'AGREED: the systems came round by themselves. CHOSEN: a person chose. POLICY: the field got another owner.';
CREATE INDEX field_conflict_list ON field_conflict USING btree (detected_at DESC, id DESC);
CREATE UNIQUE INDEX field_conflict_open ON field_conflict USING btree (canonical_id, field) WHERE (resolved_at IS NULL);

create table field_owner (
  entity text not null,
  field text not null,
  policy text not null,
  owner text,
  updated_at timestamp with time zone not null default now(),
  PRIMARY KEY (entity, field),
  CHECK (((owner IS NULL) OR (policy = 'source'::text))),
  FOREIGN KEY (owner) REFERENCES system(key),
  CHECK ((policy = ANY (ARRAY['source'::text, 'lastWriter'::text, 'manual'::text])))
);
comment on table field_owner is 'Only fields that people have said something about; all others follow their flows.';

create table flow (
  id text not null,
  key text not null,
  name text not null,
  entity text not null,
  source text not null,
  target text not null,
  state text not null default 'ENABLED'::text,
  state_reason text,
  state_since timestamp with time zone not null default now(),
  poll_every_ms integer not null default 5000,
  settings jsonb not null default '{}'::jsonb,
  run_requested_at timestamp with time zone,
  version integer not null default 1,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  started_at timestamp with time zone not null default now(),
  paused_until timestamp with time zone,
  verifying text,
  verifying_in text,
  PRIMARY KEY (id),
  CHECK ((entity = ANY (ARRAY['product'::text, 'category'::text, 'stock'::text, 'customer'::text, 'order'::text]))),
  UNIQUE (key),
  CHECK ((poll_every_ms >= 100)),
  FOREIGN KEY (source) REFERENCES system(key),
  CHECK ((state = ANY (ARRAY['DRAFT'::text, 'ENABLED'::text, 'PAUSED'::text, 'SUSPENDED'::text, 'DISABLED'::text]))),
  FOREIGN KEY (target) REFERENCES system(key),
  CHECK ((verifying = ANY (ARRAY['READING'::text, 'LOOKING'::text])))
);
comment on column flow.started_at is 'When the flow was enabled first, or its start was set anew. For one that starts now everything that the hub knew before is past.';
comment on column flow.verifying is 'While it is not null nothing is written to the target: the systems are read, then the target is asked for records that the hub would make.';
comment on column flow.verifying_in is 'The check that will open it; whoever works for an earlier one cannot.';

create table flow_run (
  id text not null,
  flow text not null,
  trigger text not null,
  status text not null,
  started_at timestamp with time zone not null,
  finished_at timestamp with time zone,
  read integer not null default 0,
  created integer not null default 0,
  updated integer not null default 0,
  unchanged integer not null default 0,
  excluded integer not null default 0,
  failed integer not null default 0,
  blocked integer not null default 0,
  counted_to bigint,
  counted_at timestamp with time zone,
  last_written_at timestamp with time zone,
  PRIMARY KEY (id),
  CHECK ((status = ANY (ARRAY['QUEUED'::text, 'RUNNING'::text, 'HELD'::text, 'SUCCEEDED'::text, 'PARTIAL'::text, 'FAILED'::text, 'CANCELLED'::text]))),
  CHECK ((trigger = ANY (ARRAY['SCHEDULE'::text, 'MANUAL'::text, 'WEBHOOK'::text, 'BACKFILL'::text, 'REPLAY'::text])))
);
comment on column flow_run.counted_to is 'While it is open: position of the journal up to which its counts go; null before they were counted first.';
comment on column flow_run.last_written_at is 'The last write to the target that went through.';
CREATE INDEX flow_run_list ON flow_run USING btree (flow, started_at DESC, id DESC);

create table hub_process (
  id text not null,
  roles text[] not null,
  version text not null,
  started_at timestamp with time zone not null default clock_timestamp(),
  alive_until timestamp with time zone not null,
  PRIMARY KEY (id)
);
comment on table hub_process is 'Processes of the hub. Only hints for sharing work evenly: what a process may do is decided by leases.';
comment on column hub_process.id is 'The owner that the process writes into leases; another one at each start.';
comment on column hub_process.alive_until is 'Moved on every second; one that is past belongs to a process that is gone.';

create table impact (
  job text not null,
  target text not null,
  entity text not null,
  canonical_id text not null,
  outcome text not null,
  changes jsonb not null,
  PRIMARY KEY (job, target, entity, canonical_id),
  FOREIGN KEY (job) REFERENCES job(id) ON DELETE CASCADE,
  CHECK ((outcome = ANY (ARRAY['WRITE'::text, 'FAIL'::text, 'EXCLUDE'::text])))
);
comment on table impact is 'Records that would come out differently with the mapping that an analysis was about.';

create table job (
  id text not null,
  kind text not null,
  status text not null default 'QUEUED'::text,
  input jsonb not null,
  done integer not null default 0,
  total integer,
  result jsonb,
  error_code text,
  error_message text,
  created_by text not null,
  created_at timestamp with time zone not null default now(),
  started_at timestamp with time zone,
  finished_at timestamp with time zone,
  owner text,
  lease_until timestamp with time zone not null default '-infinity'::timestamp with time zone,
  PRIMARY KEY (id),
  CHECK ((kind = ANY (ARRAY['UNDO'::text, 'REPLAY'::text, 'BACKFILL'::text, 'IMPACT_ANALYSIS'::text, 'TRIAL'::text, 'RECONCILIATION'::text, 'REPAIR'::text, 'EXPORT'::text, 'CONFIG_IMPORT'::text, 'ERASURE'::text]))),
  CHECK ((status = ANY (ARRAY['QUEUED'::text, 'RUNNING'::text, 'SUCCEEDED'::text, 'FAILED'::text, 'CANCELLING'::text, 'CANCELLED'::text])))
);
comment on column job.lease_until is 'Whoever runs it renews the lease; when that ends, somebody else starts it anew.';
CREATE INDEX job_list ON job USING btree (created_at DESC, id DESC);
CREATE INDEX job_waiting ON job USING btree (created_at) WHERE (status = ANY (ARRAY['QUEUED'::text, 'RUNNING'::text, 'CANCELLING'::text]));

create table journal (
  position bigint not null,
  at timestamp with time zone not null default clock_timestamp(),
  trace_id text not null,
  step text not null,
  outcome text not null,
  flow text,
  system text,
  entity text,
  canonical_id text,
  external_id text,
  code text,
  message text,
  detail jsonb,
  duration_ms integer,
  PRIMARY KEY ("position", at)
) partition by RANGE (at);
comment on table journal is 'Every step of every record. position is in commit order, from log_partition (journal, 0). Partitioned by day, so that retention is a DROP.';
CREATE INDEX journal_at ON journal USING brin (at) WITH (pages_per_range='32', autosummarize='on');
CREATE INDEX journal_canonical ON journal USING btree (canonical_id, "position");
CREATE INDEX journal_trace ON journal USING btree (trace_id, "position");

create table kept_answer (
  key_id text not null,
  idempotency_key text not null,
  input_hash text not null,
  claim text not null,
  claimed_until timestamp with time zone not null,
  answer text,
  created_at timestamp with time zone not null default clock_timestamp(),
  PRIMARY KEY (key_id, idempotency_key)
);
comment on table kept_answer is 'First answers to mutations that carry an idempotency key, for 24 hours.';
comment on column kept_answer.input_hash is 'Of the mutation and its input; the same key with another one is refused.';
comment on column kept_answer.claimed_until is 'When somebody else may carry it out because nothing has been heard any more.';
comment on column kept_answer.answer is 'Null while the mutation is carried out.';
CREATE INDEX kept_answer_age ON kept_answer USING btree (created_at);

create table log_entry (
  topic text not null,
  partition integer not null,
  offset bigint not null,
  key text not null,
  trace_id text not null,
  at timestamp with time zone not null default clock_timestamp(),
  payload text not null,
  PRIMARY KEY (topic, partition, "offset")
);
CREATE INDEX log_entry_key ON log_entry USING btree (topic, key, "offset");

create table log_partition (
  topic text not null,
  partition integer not null,
  next_offset bigint not null default 0,
  waits_since timestamp with time zone,
  kept_from bigint not null default 0,
  PRIMARY KEY (topic, partition)
);
comment on table log_partition is 'Hands out offsets. Updated last before COMMIT, so that offset order is commit order and has no gaps.';
comment on column log_partition.waits_since is 'Of a log in Kafka: when the first of the entries was acknowledged that ingest had not passed when the last ones were. The Postgres log knows it by log_entry.at.';
comment on column log_partition.kept_from is 'Behind the last entry that retention has removed: from here on nothing is missing. Below it only some are left, each at its own offset.';

create table mapping (
  id text not null,
  key text not null,
  connector text not null,
  direction text not null,
  record text not null,
  entity text not null,
  published_version integer not null,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  draft jsonb,
  draft_revision integer not null default 0,
  name text,
  own_version integer,
  deleted_at timestamp with time zone,
  PRIMARY KEY (id),
  CHECK ((direction = ANY (ARRAY['inbound'::text, 'outbound'::text]))),
  UNIQUE (key)
);
comment on column mapping.draft is 'The definition that is being edited; null = there is nothing but the published version.';
comment on column mapping.draft_revision is 'Rises with every change of the draft, so that two people do not overwrite each other.';
comment on column mapping.name is 'What people called a mapping that they made; null = it came with its connector and is called by what it carries.';
comment on column mapping.own_version is 'Version in use of a mapping that people made. Its published_version is 0, so that processes of the release before do not take it for the one of its kind.';
comment on column mapping.deleted_at is 'People have deleted it. Its versions stay, because what was done by them is explained by them.';
CREATE UNIQUE INDEX mapping_shipped ON mapping USING btree (connector, direction, record, entity) WHERE (own_version IS NULL);

create table mapping_choice (
  system text not null,
  direction text not null,
  record text not null,
  entity text not null,
  mapping text not null,
  chosen_at timestamp with time zone not null default now(),
  PRIMARY KEY (system, direction, record, entity),
  CHECK ((direction = ANY (ARRAY['inbound'::text, 'outbound'::text]))),
  FOREIGN KEY (mapping) REFERENCES mapping(key),
  FOREIGN KEY (system) REFERENCES system(key) ON DELETE CASCADE
);
comment on table mapping_choice is 'Which mapping of its own a system uses for a kind of record; without a row it is the shipped one.';
CREATE INDEX mapping_choice_mapping ON mapping_choice USING btree (mapping);

create table mapping_test (
  id text not null,
  mapping text not null,
  name text not null,
  operation text not null,
  input jsonb not null,
  expected jsonb not null,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  PRIMARY KEY (id),
  FOREIGN KEY (mapping) REFERENCES mapping(key) ON DELETE CASCADE,
  UNIQUE (mapping, name),
  CHECK ((operation = ANY (ARRAY['create'::text, 'update'::text])))
);
comment on column mapping_test.expected is 'The document that the mapping makes; or { "excluded": reason }; or { "failed": [code and path of each problem] }.';

create table mapping_version (
  mapping text not null,
  version integer not null,
  definition jsonb not null,
  note text,
  published_at timestamp with time zone not null default now(),
  published_by text,
  PRIMARY KEY (mapping, version),
  FOREIGN KEY (mapping) REFERENCES mapping(key)
);

create table parked (
  id text not null,
  status text not null default 'OPEN'::text,
  stage text not null,
  system text not null,
  flow text,
  entity text not null,
  canonical_id text,
  external_id text,
  record_key text not null,
  trace_id text not null,
  code text not null,
  message text not null,
  hint text not null,
  path text,
  original text,
  classification text not null,
  fingerprint text not null,
  payload jsonb not null,
  log_topic text,
  log_partition integer,
  log_offset bigint,
  attempt_count integer not null default 1,
  first_failed_at timestamp with time zone not null default now(),
  last_failed_at timestamp with time zone not null default now(),
  resolved_at timestamp with time zone,
  resolution text,
  note text,
  source_path text,
  value jsonb,
  value_list text,
  assignee text,
  tags text[] not null default '{}'::text[],
  resolved_by text,
  changed_in xid8,
  PRIMARY KEY (id),
  FOREIGN KEY (assignee) REFERENCES app_user(id) ON DELETE SET NULL,
  CHECK ((stage = ANY (ARRAY['capture'::text, 'ingest'::text, 'project'::text]))),
  CHECK ((status = ANY (ARRAY['OPEN'::text, 'REPLAYING'::text, 'RESOLVED'::text, 'DISCARDED'::text])))
);
comment on column parked.record_key is 'What is parked: <record>:<external id> for capture and ingest, <entity>:<canonical id> for project. One open problem per record.';
comment on column parked.path is 'Where in the record that was to be made or written.';
comment on column parked.source_path is 'Where in the record that was read: the canonical one for project, that of the system otherwise.';
comment on column parked.value is 'What stands there; null when it is not known or when no field is named.';
comment on column parked.value_list is 'The list that lacks an entry, when that is what is wrong.';
comment on column parked.resolved_by is 'Id of the user or key; null when the hub ended it itself.';
comment on column parked.changed_in is 'The transaction that changed the row last, set by a trigger; null for rows from before.';
CREATE INDEX parked_changed ON parked USING btree (changed_in);
CREATE INDEX parked_ended ON parked USING btree (resolved_at) WHERE (resolved_at IS NOT NULL);
CREATE INDEX parked_fingerprint ON parked USING btree (fingerprint, status);
CREATE INDEX parked_list ON parked USING btree (status, last_failed_at DESC, id DESC);
CREATE INDEX parked_mark ON parked USING btree (system) WHERE ((code = 'MARK_UNKNOWN'::text) AND (status = ANY (ARRAY['OPEN'::text, 'REPLAYING'::text])));
CREATE INDEX parked_of_assignee ON parked USING btree (assignee) WHERE (assignee IS NOT NULL);
CREATE INDEX parked_value_list ON parked USING btree (value_list) WHERE ((value_list IS NOT NULL) AND (status = ANY (ARRAY['OPEN'::text, 'REPLAYING'::text])));
CREATE UNIQUE INDEX parked_open ON parked USING btree (stage, system, record_key) WHERE (status = ANY (ARRAY['OPEN'::text, 'REPLAYING'::text]));

create table product (
  id text not null,
  version integer not null,
  content_hash text not null,
  code text,
  type text not null default 'SIMPLE'::text,
  status text not null default 'ACTIVE'::text,
  name text not null,
  short_description text,
  description text,
  brand text,
  is_visible_in_webshop boolean not null default true,
  categories text[] not null default '{}'::text[],
  attributes jsonb not null default '[]'::jsonb,
  provenance jsonb not null default '{}'::jsonb,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  deleted_at timestamp with time zone,
  PRIMARY KEY (id),
  CHECK ((status = ANY (ARRAY['ACTIVE'::text, 'DISCONTINUED'::text, 'ARCHIVED'::text]))),
  CHECK ((type = ANY (ARRAY['SIMPLE'::text, 'CONFIGURABLE'::text])))
);
comment on column product.categories is 'Canonical ids in order; a category may be mentioned before it has been read.';
CREATE INDEX product_categories ON product USING gin (categories);
CREATE INDEX product_name ON product USING btree (name, id);
CREATE INDEX product_updated ON product USING btree (updated_at, id);

create table projection (
  target text not null,
  entity text not null,
  canonical_id text not null,
  flow text not null,
  state text not null,
  reason text,
  reason_code text,
  since timestamp with time zone not null default now(),
  external_id text,
  wanted jsonb,
  wanted_hash text,
  held jsonb,
  drifted text[] not null default '{}'::text[],
  revision integer not null default 0,
  mapping_version integer,
  op_key text,
  attempt integer not null default 0,
  next_at timestamp with time zone,
  in_flight_until timestamp with time zone,
  epoch bigint not null default 0,
  look_again boolean not null default false,
  trace_id text,
  changed_at timestamp with time zone,
  match_key text,
  sent jsonb,
  doubted_since timestamp with time zone,
  approved_at timestamp with time zone,
  rests_until timestamp with time zone,
  PRIMARY KEY (target, entity, canonical_id),
  CHECK ((entity = ANY (ARRAY['product'::text, 'variant'::text, 'category'::text, 'stock'::text, 'customer'::text, 'contact'::text, 'order'::text]))),
  CHECK ((state = ANY (ARRAY['in_sync'::text, 'pending'::text, 'writing'::text, 'in_doubt'::text, 'retrying'::text, 'waiting_for'::text, 'parked'::text, 'excluded'::text, 'held'::text, 'paused'::text, 'owned_by_target'::text])))
);
comment on column projection.wanted is 'The document that the last acknowledged write asked for; the next one is compared with it, so that what the target normalises does not look like a difference.';
comment on column projection.held is 'What the target held after that write, hub-owned fields only: the measure for echoes and for drift.';
comment on column projection.drifted is 'Top-level fields that somebody changed in the target although the hub owns them.';
comment on column projection.next_at is 'When a worker should look at the row; null = not before something happens.';
comment on column projection.look_again is 'An event came while a write was under way.';
comment on column projection.changed_at is 'When the oldest change that is not delivered yet was seen.';
comment on column projection.match_key is 'While a record is being made: what a record of the target would be matched by. Two records with the same key are never made at the same time.';
comment on column projection.sent is 'The fields that the update under way asks for; kept until its outcome is known. What a create sends stands in wanted.';
comment on column projection.doubted_since is 'When the first write was planned of those that may have taken effect without an answer; null once the target has answered.';
comment on column projection.approved_at is 'When somebody let a held write of the record go on; until it is in sync the guard does not ask again.';
comment on column projection.rests_until is 'Nothing is planned of the row before then, however due it is: an edit in another system is to be seen first.';
CREATE INDEX projection_canonical ON projection USING btree (canonical_id);
CREATE INDEX projection_due ON projection USING btree (target, entity, next_at) WHERE (next_at IS NOT NULL);
CREATE INDEX projection_match_key ON projection USING btree (target, entity, match_key) WHERE (match_key IS NOT NULL);
CREATE INDEX projection_state ON projection USING btree (state, target, entity);

create table projection_wait (
  target text not null,
  entity text not null,
  canonical_id text not null,
  awaited text not null,
  PRIMARY KEY (awaited, target, entity, canonical_id)
);
comment on column projection_wait.awaited is 'reference:<system>:<entity>:<canonical id>; released in the transaction in which that reference appears.';
CREATE INDEX projection_wait_record ON projection_wait USING btree (target, entity, canonical_id);

create table reference_alias (
  system text not null,
  entity text not null,
  canonical_id text not null,
  external_id text not null,
  created_at timestamp with time zone not null default now(),
  PRIMARY KEY (system, entity, canonical_id)
);
comment on table reference_alias is 'Records of the hub that share one record of a system with another one (two customers with one e-mail address): it stands for them, but only its own record writes to it.';
CREATE INDEX reference_alias_external ON reference_alias USING btree (system, entity, external_id);

create table restore_check (
  id text not null,
  cause text not null,
  started_by text not null,
  started_at timestamp with time zone not null default clock_timestamp(),
  finished_at timestamp with time zone,
  PRIMARY KEY (id),
  CHECK ((cause = ANY (ARRAY['DATABASE_COPIED'::text, 'SERVER_CHANGED'::text, 'SERVER_RECOVERED'::text, 'FILES_COPIED'::text, 'ASKED'::text])))
);
CREATE UNIQUE INDEX restore_check_open ON restore_check USING btree (((finished_at IS NULL))) WHERE (finished_at IS NULL);

create table restore_check_flow (
  restore text not null,
  flow text not null,
  place integer not null,
  state text not null default 'WAITING'::text,
  read integer not null default 0,
  taken_in integer not null default 0,
  found integer not null default 0,
  held integer not null default 0,
  error_code text,
  error_message text,
  try_at timestamp with time zone not null default '-infinity'::timestamp with time zone,
  owner text,
  lease_until timestamp with time zone not null default '-infinity'::timestamp with time zone,
  finished_at timestamp with time zone,
  PRIMARY KEY (restore, flow),
  FOREIGN KEY (flow) REFERENCES flow(key) ON DELETE CASCADE,
  FOREIGN KEY (restore) REFERENCES restore_check(id) ON DELETE CASCADE,
  CHECK ((state = ANY (ARRAY['WAITING'::text, 'READING'::text, 'LOOKING'::text, 'COMPARED'::text, 'SKIPPED'::text])))
);
comment on column restore_check_flow.taken_in is 'Records that had changed since the database was saved.';
comment on column restore_check_flow.found is 'Records that the target had and the hub did not know to be there.';
comment on column restore_check_flow.held is 'Writes that wait for a person, because the target holds something that nothing explains.';

create table retention (
  is_only boolean not null default true,
  owner text,
  lease_until timestamp with time zone not null default '-infinity'::timestamp with time zone,
  due_at timestamp with time zone not null default '-infinity'::timestamp with time zone,
  swept_at timestamp with time zone,
  report jsonb,
  PRIMARY KEY (is_only),
  CHECK (is_only)
);
comment on table retention is 'Which process removes what is older than it is to be kept; one row.';
comment on column retention.due_at is 'When it is done the next time.';
comment on column retention.report is 'Of the last time that it was done to the end: what was removed, since when what is kept, and what is kept longer, and why.';

create table sales_order (
  id text not null,
  version integer not null,
  content_hash text not null,
  type text not null default 'ORDER'::text,
  number text,
  reference text,
  status text not null default 'OPEN'::text,
  payment_status text not null default 'UNPAID'::text,
  fulfillment_status text not null default 'UNFULFILLED'::text,
  customer_id text,
  customer_snapshot jsonb,
  billing_address jsonb,
  shipping_address jsonb,
  placed_at timestamp with time zone not null,
  placed_at_local text,
  document_date text,
  delivery_date text,
  due_date text,
  location_id text,
  currency text not null,
  tax_method text not null default 'INCLUSIVE'::text,
  tax_country text,
  lines jsonb not null default '[]'::jsonb,
  shipping_method text,
  taxes jsonb not null default '[]'::jsonb,
  total_excl numeric(19,6),
  total_tax numeric(19,6),
  total_incl numeric(19,6),
  paid_amount numeric(19,6),
  payments jsonb not null default '[]'::jsonb,
  payment_method text,
  payment_term text,
  note text,
  provenance jsonb not null default '{}'::jsonb,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  deleted_at timestamp with time zone,
  deliveries jsonb not null default '[]'::jsonb,
  settles jsonb not null default '[]'::jsonb,
  credits_id text,
  PRIMARY KEY (id),
  CHECK ((tax_method = ANY (ARRAY['INCLUSIVE'::text, 'EXCLUSIVE'::text, 'REVERSE_CHARGED'::text, 'NONE'::text]))),
  CHECK ((type = ANY (ARRAY['ORDER'::text, 'INVOICE'::text, 'CREDIT_NOTE'::text])))
);
comment on column sales_order.lines is 'The order keeps its own copy of names, prices and VAT; the product may be gone.';
comment on column sales_order.deliveries is 'Quantity delivered, by key of the line: the furthest that any system has said.';
comment on column sales_order.settles is 'Of an invoice: the orders that it is of, as an array of ids. Some of them may not have been read yet, or never will be.';
comment on column sales_order.credits_id is 'Of a credit note: the invoice that it takes back.';
CREATE INDEX sales_order_credits ON sales_order USING btree (credits_id) WHERE (credits_id IS NOT NULL);
CREATE INDEX sales_order_customer ON sales_order USING btree (customer_id, placed_at DESC, id DESC);
CREATE INDEX sales_order_lines ON sales_order USING gin (lines jsonb_path_ops);
CREATE INDEX sales_order_location ON sales_order USING btree (location_id) WHERE (location_id IS NOT NULL);
CREATE INDEX sales_order_number ON sales_order USING btree (number);
CREATE INDEX sales_order_placed ON sales_order USING btree (placed_at DESC, id DESC);
CREATE INDEX sales_order_reference ON sales_order USING btree (reference) WHERE (reference IS NOT NULL);
CREATE INDEX sales_order_settles ON sales_order USING gin (settles) WHERE (settles <> '[]'::jsonb);
CREATE INDEX sales_order_status ON sales_order USING btree (status, placed_at DESC, id DESC);
CREATE INDEX sales_order_updated ON sales_order USING btree (updated_at, id);

create table saved_view (
  id text not null,
  owner_id text not null,
  list text not null,
  name text not null,
  query text not null,
  is_shared boolean not null default false,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  PRIMARY KEY (id),
  CHECK ((list = ANY (ARRAY['ACTIVITY'::text, 'PROBLEMS'::text, 'PRODUCTS'::text, 'CUSTOMERS'::text, 'ORDERS'::text, 'STOCK'::text, 'AUDIT'::text]))),
  FOREIGN KEY (owner_id) REFERENCES app_user(id) ON DELETE CASCADE
);
comment on column saved_view.query is 'The filter as it stands in the address of the list, behind its question mark.';
CREATE UNIQUE INDEX saved_view_name ON saved_view USING btree (owner_id, list, lower(name));

create table saved_view_default (
  user_id text not null,
  list text not null,
  view_id text not null,
  PRIMARY KEY (user_id, list),
  FOREIGN KEY (user_id) REFERENCES app_user(id) ON DELETE CASCADE,
  FOREIGN KEY (view_id) REFERENCES saved_view(id) ON DELETE CASCADE
);
comment on table saved_view_default is 'With which view a list begins for a person: one of his own, or one that somebody shares.';
CREATE INDEX saved_view_default_view ON saved_view_default USING btree (view_id);

create table session (
  hash text not null,
  user_id text not null,
  created_at timestamp with time zone not null default now(),
  last_seen_at timestamp with time zone not null default now(),
  expires_at timestamp with time zone not null,
  PRIMARY KEY (hash),
  FOREIGN KEY (user_id) REFERENCES app_user(id) ON DELETE CASCADE
);
comment on column session.hash is 'SHA-256 of the token in the cookie; the token itself is kept nowhere.';
CREATE INDEX session_age ON session USING btree (expires_at);
CREATE INDEX session_of_user ON session USING btree (user_id);

create table setting (
  name text not null,
  value jsonb not null,
  PRIMARY KEY (name)
);
comment on table setting is 'Facts about this installation that must not change unnoticed (number of partitions, key fingerprint).';

create table setup_step (
  step text not null,
  done_at timestamp with time zone not null default now(),
  done_by text not null,
  PRIMARY KEY (step)
);
comment on table setup_step is 'Steps of the wizard that somebody has said are done. Most are read from what there is instead.';

create table stock_level (
  id text not null,
  version integer not null,
  content_hash text not null,
  variant_id text not null,
  location_id text not null,
  on_hand numeric(19,6) not null,
  reserved numeric(19,6) not null default 0,
  incoming numeric(19,6) not null default 0,
  safety_stock numeric(19,6) not null default 0,
  as_of timestamp with time zone not null default now(),
  provenance jsonb not null default '{}'::jsonb,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  deleted_at timestamp with time zone,
  PRIMARY KEY (id)
);
CREATE INDEX stock_level_location ON stock_level USING btree (location_id, id);
CREATE INDEX stock_level_variant ON stock_level USING btree (variant_id, location_id);

create table stock_location (
  id text not null,
  version integer not null,
  content_hash text not null,
  code text not null,
  name text not null,
  is_active boolean not null default true,
  provenance jsonb not null default '{}'::jsonb,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  deleted_at timestamp with time zone,
  country text,
  PRIMARY KEY (id)
);

create table system (
  id text not null,
  key text not null,
  connector text not null,
  name text not null,
  settings jsonb not null default '{}'::jsonb,
  secrets bytea,
  secrets_set_at timestamp with time zone,
  status text not null default 'CONNECTED'::text,
  status_reason text,
  status_since timestamp with time zone not null default now(),
  account_fingerprint text,
  last_success_at timestamp with time zone,
  last_error_at timestamp with time zone,
  last_error_code text,
  last_error_message text,
  version integer not null default 1,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  PRIMARY KEY (id),
  UNIQUE (key),
  CHECK ((status = ANY (ARRAY['DRAFT'::text, 'CONNECTED'::text, 'DEGRADED'::text, 'UNREACHABLE'::text, 'CREDENTIALS_REJECTED'::text, 'PAUSED'::text])))
);
comment on column system.secrets is 'Encrypted with a data key that the master key wraps; see security/secrets.ts.';

create table undo_record (
  job text not null,
  place integer not null,
  entity text not null,
  canonical_id text not null,
  positions bigint[] not null,
  fields text[],
  state text not null default 'OPEN'::text,
  PRIMARY KEY (job, place),
  FOREIGN KEY (job) REFERENCES job(id) ON DELETE CASCADE,
  CHECK ((state = ANY (ARRAY['OPEN'::text, 'PUT_BACK'::text, 'LEFT_ALONE'::text])))
);
comment on table undo_record is 'Records that a job of kind UNDO puts back; forgotten some time after it has ended.';
comment on column undo_record.place is 'In the order in which the records were changed first.';
comment on column undo_record.positions is 'Of the changes in the journal that are taken back, the oldest first.';
comment on column undo_record.fields is 'Those that the plan has shown as put back; null: the plan did not look at the record, the job judges all of it.';
CREATE INDEX undo_record_open ON undo_record USING btree (job, place) WHERE (state = 'OPEN'::text);

create table unmapped_value (
  value_list text not null,
  value text not null,
  second_key text not null default ''::text,
  count bigint not null default 1,
  last_seen_at timestamp with time zone not null default now(),
  example_trace_id text,
  PRIMARY KEY (value_list, value, second_key)
);

create table value_list (
  id text not null,
  key text not null,
  name text not null,
  kind text not null,
  published_version integer not null,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  draft jsonb,
  draft_revision integer not null default 0,
  PRIMARY KEY (id),
  UNIQUE (key)
);
comment on column value_list.draft is 'As of mapping: what the list says about codes without an entry, and its entries.';

create table value_list_version (
  value_list text not null,
  version integer not null,
  note text,
  published_at timestamp with time zone not null default now(),
  published_by text,
  body jsonb not null,
  PRIMARY KEY (value_list, version),
  FOREIGN KEY (value_list) REFERENCES value_list(key)
);
comment on column value_list_version.body is 'What the list says about codes without an entry, and its entries.';

create table variant (
  id text not null,
  version integer not null,
  content_hash text not null,
  product_id text not null,
  position integer not null default 0,
  sku text not null,
  name text,
  gtin text,
  barcodes text[] not null default '{}'::text[],
  is_active boolean not null default true,
  options jsonb not null default '[]'::jsonb,
  price_amount numeric(19,6),
  price_currency text,
  price_includes_tax boolean,
  tax_class text,
  tax_rate numeric(7,4),
  purchase_price numeric(19,6),
  unit_code text,
  weight_grams integer,
  tracks_stock boolean not null default true,
  provenance jsonb not null default '{}'::jsonb,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  deleted_at timestamp with time zone,
  PRIMARY KEY (id)
);
CREATE INDEX variant_gtin ON variant USING btree (gtin) WHERE (gtin IS NOT NULL);
CREATE INDEX variant_product ON variant USING btree (product_id, "position", id);
CREATE INDEX variant_sku ON variant USING btree (sku);

create table write_harm (
  flow text not null,
  entity text not null,
  canonical_id text not null,
  at timestamp with time zone not null default clock_timestamp(),
  PRIMARY KEY (flow, entity, canonical_id)
);
comment on table write_harm is 'Harmful updates that were let through lately; what is older than the window of the guard means nothing and is removed.';

create table write_hold (
  flow text not null,
  run text not null,
  held_at timestamp with time zone not null default clock_timestamp(),
  records integer not null,
  percent integer not null,
  samples jsonb not null default '[]'::jsonb,
  ended_at timestamp with time zone,
  ending text,
  note text,
  counts jsonb,
  PRIMARY KEY (run, held_at),
  CHECK (((ended_at IS NULL) = (ending IS NULL))),
  CHECK ((ending = ANY (ARRAY['RELEASED'::text, 'DROPPED'::text, 'GONE'::text])))
);
comment on table write_hold is 'While one of a flow has not ended, its harmful updates rest in state held with a reason_code HELD_…; all others go on.';
comment on column write_hold.records is 'The limit of the flow at that time, and the one in per cent.';
comment on column write_hold.samples is 'The first few of them, with what the target holds and what it would be told.';
comment on column write_hold.counts is 'How many of which kind were held when it ended; until then the rows are counted.';
CREATE UNIQUE INDEX write_hold_open ON write_hold USING btree (flow) WHERE (ended_at IS NULL);
