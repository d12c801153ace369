DROP INDEX "api_keys_organization_name";--> statement-breakpoint
CREATE INDEX "api_keys_organization" ON "api_keys" USING btree ("organization_id","created_at","id");--> statement-breakpoint
CREATE UNIQUE INDEX "api_keys_organization_name" ON "api_keys" USING btree ("organization_id","name") WHERE revoked_at is null;