ALTER TABLE "domains" ADD COLUMN "verified_by" text;--> statement-breakpoint
ALTER TABLE "domains" ADD COLUMN "challenge" text;--> statement-breakpoint
ALTER TABLE "domains" ADD COLUMN "challenge_expires_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "domains" ADD COLUMN "checked_at" timestamp (3) with time zone;--> statement-breakpoint
CREATE INDEX "domains_domain" ON "domains" USING btree ("domain");