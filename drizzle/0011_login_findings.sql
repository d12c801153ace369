ALTER TABLE "logins" ADD COLUMN "findings" jsonb;--> statement-breakpoint
ALTER TABLE "logins" ADD COLUMN "sealed_claims" text;--> statement-breakpoint
ALTER TABLE "logins" ADD COLUMN "email_digest" text;--> statement-breakpoint
ALTER TABLE "logins" ADD COLUMN "is_test" boolean DEFAULT false NOT NULL;--> statement-breakpoint
CREATE INDEX "logins_connection" ON "logins" USING btree ("connection_id","created_at","id");--> statement-breakpoint
CREATE INDEX "logins_user" ON "logins" USING btree ("user_id","created_at","id") WHERE user_id is not null;--> statement-breakpoint
CREATE INDEX "logins_email" ON "logins" USING btree ("email_digest","created_at","id") WHERE email_digest is not null;--> statement-breakpoint
CREATE INDEX "logins_outcome" ON "logins" USING btree ("outcome","created_at","id");--> statement-breakpoint
CREATE INDEX "logins_reason" ON "logins" USING btree ("reason","created_at","id") WHERE reason is not null;--> statement-breakpoint
CREATE INDEX "logins_failed" ON "logins" USING btree ("organization_id","created_at","id") WHERE outcome = 'failed';--> statement-breakpoint
CREATE INDEX "logins_tests" ON "logins" USING btree ("created_at","id") WHERE is_test;