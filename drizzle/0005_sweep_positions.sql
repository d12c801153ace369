CREATE TABLE "sweep_positions" (
	"name" text PRIMARY KEY NOT NULL,
	"next" timestamp (3) with time zone,
	"reached" timestamp (3) with time zone,
	"began_at" timestamp (3) with time zone NOT NULL,
	"again_at" timestamp (3) with time zone
);
