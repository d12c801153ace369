CREATE TABLE "connection_tests" (
	"id" text PRIMARY KEY NOT NULL,
	"token_digest" text NOT NULL,
	"state_digest" text NOT NULL,
	"sealed_state" text NOT NULL,
	"sealed_nonce" text NOT NULL,
	"sealed_code_verifier" text NOT NULL,
	"connection_id" text NOT NULL,
	"connection_version" integer NOT NULL,
	"redirect_uri" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"answered_at" timestamp (3) with time zone,
	"outcome" text,
	"reason" text,
	"login_id" text,
	CONSTRAINT "connection_tests_token_digest_unique" UNIQUE("token_digest"),
	CONSTRAINT "connection_tests_state_digest_unique" UNIQUE("state_digest")
);
--> statement-breakpoint
ALTER TABLE "connection_tests" ADD CONSTRAINT "connection_tests_connection_id_connections_id_fk" FOREIGN KEY ("connection_id") REFERENCES "public"."connections"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "connection_tests_expires" ON "connection_tests" USING btree ("expires_at");