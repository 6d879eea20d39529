/** One change of the store's layout. Migrations are dated, additive and never edited after a release. */
export interface Migration {
  readonly version: number; // the user_version that it leads to
  readonly date: string;
  readonly sql: string;
}
