import type { TemporaryDatabase } from './temporary-database.js';

const password = 'test';

/** Roles that may log in to a database and do nothing there, for as long as a test takes. Roles belong to the server, not to it. */
export class TemporaryRoles {
  private constructor(
    private readonly database: TemporaryDatabase,
    readonly names: readonly string[],
  ) {}

  /** @param purposes what they are for; a name of each is unique on the server. */
  static async create(database: TemporaryDatabase, ...purposes: readonly string[]): Promise<TemporaryRoles> {
    const names = purposes.map((purpose) => `${purpose}_${database.name}`.slice(0, 60));
    for (const name of names) await database.execute(`CREATE ROLE ${name} LOGIN PASSWORD '${password}'`);
    return new TemporaryRoles(database, names);
  }

  /** The database's address as this role has it. */
  urlOf(name: string): string {
    const url = new URL(this.database.url);
    url.username = name;
    url.password = password;
    return url.href;
  }

  /** To be called before the database is dropped: what is theirs goes with them. */
  async drop(): Promise<void> {
    for (const name of this.names) await this.database.execute(`DROP OWNED BY ${name} CASCADE`);
    for (const name of this.names) await this.database.execute(`DROP ROLE ${name}`);
  }
}
