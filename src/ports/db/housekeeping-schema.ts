/** The table of the housekeeping; what is in it can be deleted at any time, and is made anew. */
import { pgTable, text } from 'drizzle-orm/pg-core';
import { at } from './schema.ts';

/** How far each sweep has come: see `sweep-position.ts`. */
export const sweepPositions = pgTable('sweep_positions', {
  /** The sweep's name, or that of the partition. */
  name: text('name').primaryKey(),
  /** Where the next batch begins. */
  next: at('next'),
  /** The furthest that any batch came. */
  reached: at('reached'),
  /** When the walk began that is under way, or was the last. */
  beganAt: at('began_at').notNull(),
  /** When the next walk may begin; null while one is under way. */
  againAt: at('again_at'),
});
