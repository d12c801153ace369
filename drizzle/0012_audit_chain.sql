CREATE TABLE "audit_anchors" (
	"month" text PRIMARY KEY NOT NULL,
	"position" bigint NOT NULL,
	"hash" "bytea" NOT NULL,
	"dropped_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "audit_chain" (
	"position" bigint PRIMARY KEY NOT NULL,
	"event_id" text NOT NULL,
	"event_created_at" timestamp (3) with time zone NOT NULL,
	"transaction_id" bigint NOT NULL,
	"digest" "bytea" NOT NULL,
	"hash" "bytea" NOT NULL,
	"chained_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
-- both count on by the same number when the database moves to another server, whose transactions begin at low numbers
CREATE FUNCTION audit_transaction() RETURNS bigint LANGUAGE sql STABLE AS 'select pg_current_xact_id()::text::bigint + 0';--> statement-breakpoint
CREATE FUNCTION audit_settled_before() RETURNS bigint LANGUAGE sql STABLE AS 'select pg_snapshot_xmin(pg_current_snapshot())::text::bigint + 0';--> statement-breakpoint
-- a constant first: no row is rewritten, and what was written so far has 0
ALTER TABLE "audit_events" ADD COLUMN "transaction_id" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "audit_events" ALTER COLUMN "transaction_id" SET DEFAULT audit_transaction();--> statement-breakpoint
CREATE UNIQUE INDEX "audit_chain_event" ON "audit_chain" USING btree ("event_id");--> statement-breakpoint
CREATE INDEX "audit_events_order" ON "audit_events" USING btree ("transaction_id","created_at","id");--> statement-breakpoint
CREATE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
begin
  -- said by housekeeping alone, which removes what is past its time by whole months
  if tg_op = 'DELETE' and tg_table_name in ('audit_events_default', 'audit_chain')
    and current_setting('vestibule.audit_retention', true) = 'on' then
    return old;
  end if;
  raise exception 'the audit is append-only: % of % is refused', tg_op, tg_table_name using errcode = 'insufficient_privilege';
end $$;--> statement-breakpoint
CREATE TRIGGER audit_append_only BEFORE UPDATE OR DELETE ON "audit_events" FOR EACH ROW EXECUTE FUNCTION audit_refuse();--> statement-breakpoint
CREATE TRIGGER audit_append_only BEFORE UPDATE OR DELETE ON "audit_chain" FOR EACH ROW EXECUTE FUNCTION audit_refuse();--> statement-breakpoint
CREATE TRIGGER audit_append_only BEFORE UPDATE OR DELETE ON "audit_anchors" FOR EACH ROW EXECUTE FUNCTION audit_refuse();--> statement-breakpoint
-- no partition has this one from its parent
DO $$
declare
  part regclass;
begin
  for part in select relid from pg_partition_tree('audit_events') union all values ('audit_chain'::regclass), ('audit_anchors'::regclass) loop
    execute format('create trigger audit_not_truncated before truncate on %s for each statement execute function audit_refuse()', part);
  end loop;
end $$;
