-- why: a trial run finds out what flows would do before they are enabled.

alter table job drop constraint job_kind_check;
alter table job add constraint job_kind_check check (kind in ('UNDO', 'REPLAY', 'BACKFILL', 'IMPACT_ANALYSIS', 'TRIAL', 'RECONCILIATION', 'REPAIR', 'EXPORT', 'CONFIG_IMPORT', 'ERASURE'));
