/** Asked of a row as it stands, under its lock, before it is changed; throws where the caller meant another. */
export type Precondition<Row> = (current: Row) => Promise<void>;
