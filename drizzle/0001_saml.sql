CREATE TABLE "saml_keys" (
	"id" text PRIMARY KEY NOT NULL,
	"connection_id" text NOT NULL,
	"status" text NOT NULL,
	"certificate" text NOT NULL,
	"sealed_private_key" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"retired_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "saml_metadata" (
	"connection_id" text PRIMARY KEY NOT NULL,
	"document" jsonb,
	"pending" jsonb,
	"checked_at" timestamp (3) with time zone,
	"next_check_at" timestamp (3) with time zone,
	"failures" integer DEFAULT 0 NOT NULL,
	"failure" text,
	"expiry_reported_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "saml_replays" (
	"connection_id" text NOT NULL,
	"assertion_digest" text NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "saml_replays_connection_id_assertion_digest_pk" PRIMARY KEY("connection_id","assertion_digest")
);
--> statement-breakpoint
ALTER TABLE "authentication_requests" ALTER COLUMN "dialect" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "logins" ALTER COLUMN "dialect" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "connections" ADD COLUMN "saml" jsonb;--> statement-breakpoint
ALTER TABLE "authentication_requests" ADD COLUMN "answered_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "authentication_requests" ADD COLUMN "code_digest" text;--> statement-breakpoint
ALTER TABLE "authentication_requests" ADD COLUMN "code_expires_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "authentication_requests" ADD COLUMN "sealed_claims" text;--> statement-breakpoint
ALTER TABLE "authentication_requests" ADD COLUMN "name_digest" text;--> statement-breakpoint
ALTER TABLE "sessions" ADD COLUMN "name_id" jsonb;--> statement-breakpoint
ALTER TABLE "saml_keys" ADD CONSTRAINT "saml_keys_connection_id_connections_id_fk" FOREIGN KEY ("connection_id") REFERENCES "public"."connections"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "saml_metadata" ADD CONSTRAINT "saml_metadata_connection_id_connections_id_fk" FOREIGN KEY ("connection_id") REFERENCES "public"."connections"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "saml_keys_connection_status" ON "saml_keys" USING btree ("connection_id","status");--> statement-breakpoint
CREATE INDEX "saml_metadata_next_check" ON "saml_metadata" USING btree ("next_check_at") WHERE next_check_at is not null;--> statement-breakpoint
CREATE INDEX "saml_replays_expires" ON "saml_replays" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "authentication_requests_claims" ON "authentication_requests" USING btree ("code_expires_at") WHERE sealed_claims is not null;--> statement-breakpoint
CREATE INDEX "sessions_name_id" ON "sessions" USING btree ("connection_id",(name_id->>'value')) WHERE name_id is not null;