CREATE TABLE "provider_logouts" (
	"id" text PRIMARY KEY NOT NULL,
	"connection_id" text NOT NULL,
	"message_digest" text NOT NULL,
	"key" text NOT NULL,
	"received_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
DROP INDEX "sessions_user";--> statement-breakpoint
DROP INDEX "sessions_organization";--> statement-breakpoint
ALTER TABLE "connections" ADD COLUMN "max_session_seconds" integer;--> statement-breakpoint
ALTER TABLE "connections" ADD COLUMN "logout_redirect_uri" text;--> statement-breakpoint
ALTER TABLE "connections" ADD COLUMN "sessions_ended_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "memberships" ADD COLUMN "sessions_ended_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "organizations" ADD COLUMN "session_lifetimes" jsonb DEFAULT '{}'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "organizations" ADD COLUMN "sessions_ended_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "signing_keys" ADD COLUMN "rotation_requested_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "sessions_ended_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "sessions" ADD COLUMN "started_at" timestamp (3) with time zone DEFAULT now() NOT NULL;--> statement-breakpoint
ALTER TABLE "sessions" ADD COLUMN "idle_seconds" integer;--> statement-breakpoint
ALTER TABLE "sessions" ADD COLUMN "sealed_id_token" text;--> statement-breakpoint
ALTER TABLE "provider_logouts" ADD CONSTRAINT "provider_logouts_connection_id_connections_id_fk" FOREIGN KEY ("connection_id") REFERENCES "public"."connections"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "provider_logouts_message" ON "provider_logouts" USING btree ("connection_id","message_digest");--> statement-breakpoint
CREATE INDEX "provider_logouts_key" ON "provider_logouts" USING btree ("connection_id","key");--> statement-breakpoint
CREATE INDEX "provider_logouts_expires" ON "provider_logouts" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "authentication_requests_unfinished" ON "authentication_requests" USING btree ("consumed_at") WHERE consumed_at is not null and finished_at is null;--> statement-breakpoint
CREATE INDEX "provider_logouts_received" ON "provider_logouts" USING btree ("received_at");--> statement-breakpoint
CREATE INDEX "refresh_tokens_expires" ON "refresh_tokens" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "sessions_provider_session" ON "sessions" USING btree ("connection_id","provider_session_id");--> statement-breakpoint
CREATE INDEX "sessions_id_tokens" ON "sessions" USING btree (least(revoked_at, expires_at)) WHERE sealed_id_token is not null;--> statement-breakpoint
CREATE INDEX "sessions_unrevoked" ON "sessions" USING btree ("user_id","created_at") WHERE revoked_at is null;--> statement-breakpoint
CREATE INDEX "sessions_user" ON "sessions" USING btree ("user_id","created_at","id");--> statement-breakpoint
CREATE INDEX "sessions_organization" ON "sessions" USING btree ("organization_id","created_at","id");--> statement-breakpoint
-- what was written so far stays where it is, as the partition of the rows that no month takes
ALTER TABLE "audit_events" RENAME TO "audit_events_default";--> statement-breakpoint
ALTER TABLE "audit_events_default" DROP CONSTRAINT "audit_events_pkey";--> statement-breakpoint
ALTER TABLE "audit_events_default" ADD CONSTRAINT "audit_events_default_pkey" PRIMARY KEY("id","created_at");--> statement-breakpoint
ALTER INDEX "audit_events_organization" RENAME TO "audit_events_default_organization";--> statement-breakpoint
ALTER INDEX "audit_events_created" RENAME TO "audit_events_default_created";--> statement-breakpoint
CREATE TABLE "audit_events" (LIKE "audit_events_default" INCLUDING DEFAULTS) PARTITION BY RANGE ("created_at");--> statement-breakpoint
ALTER TABLE "audit_events" ADD CONSTRAINT "audit_events_id_created_at_pk" PRIMARY KEY("id","created_at");--> statement-breakpoint
CREATE INDEX "audit_events_organization" ON "audit_events" USING btree ("organization_id","created_at","id");--> statement-breakpoint
CREATE INDEX "audit_events_created" ON "audit_events" USING btree ("created_at");--> statement-breakpoint
ALTER TABLE "audit_events" ATTACH PARTITION "audit_events_default" DEFAULT;--> statement-breakpoint
ALTER TABLE "logins" RENAME TO "logins_default";--> statement-breakpoint
ALTER TABLE "logins_default" DROP CONSTRAINT "logins_pkey";--> statement-breakpoint
ALTER TABLE "logins_default" ADD CONSTRAINT "logins_default_pkey" PRIMARY KEY("id","created_at");--> statement-breakpoint
ALTER INDEX "logins_organization" RENAME TO "logins_default_organization";--> statement-breakpoint
ALTER INDEX "logins_created" RENAME TO "logins_default_created";--> statement-breakpoint
CREATE TABLE "logins" (LIKE "logins_default" INCLUDING DEFAULTS) PARTITION BY RANGE ("created_at");--> statement-breakpoint
ALTER TABLE "logins" ADD CONSTRAINT "logins_id_created_at_pk" PRIMARY KEY("id","created_at");--> statement-breakpoint
CREATE INDEX "logins_organization" ON "logins" USING btree ("organization_id","created_at","id");--> statement-breakpoint
CREATE INDEX "logins_created" ON "logins" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "logins_request" ON "logins" USING btree ("request_id");--> statement-breakpoint
ALTER TABLE "logins" ATTACH PARTITION "logins_default" DEFAULT;
