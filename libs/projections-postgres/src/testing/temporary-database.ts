import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { postgresServer } from './postgres-server.js';

/** A database of its own on the run's PostgreSQL server, which is dropped with everything in it. */
export class TemporaryDatabase {
  private constructor(
    readonly url: string,
    readonly name: string,
    private readonly server: string,
  ) {}

  /**
   * Its default collation is a language's, so that whatever relies on the default being by code point is found out.
   *
   * @param address of another server, e.g. one that may be restarted.
   */
  static async create(address?: string): Promise<TemporaryDatabase> {
    const server = address ?? (await postgresServer());
    const name = `test_${randomUUID().replaceAll('-', '')}`;
    await onServer(server, `CREATE DATABASE ${name} TEMPLATE template0 LOCALE_PROVIDER icu ICU_LOCALE 'en'`);
    const url = new URL(server);
    url.pathname = `/${name}`;
    return new TemporaryDatabase(url.href, name, server);
  }

  /** Runs statements as nobody in particular: what an operator might do. */
  async execute<Row extends pg.QueryResultRow>(text: string, values: readonly unknown[] = []): Promise<readonly Row[]> {
    return onServer(this.url, text, values);
  }

  /** What a restart of the server does to those who are connected, or to some of them. */
  async endConnections(applicationNamePattern = '%'): Promise<number> {
    const ended = await onServer(
      this.server,
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
       WHERE datname = $1 AND pid <> pg_backend_pid() AND application_name LIKE $2`,
      [this.name, applicationNamePattern],
    );
    return ended.length;
  }

  /** Keeps a copy of it as it is now. Nobody is connected meanwhile. */
  async save(): Promise<void> {
    await this.#shut();
    await onServer(this.server, `CREATE DATABASE ${this.#saved} TEMPLATE ${this.name}`);
    await onServer(this.server, `ALTER DATABASE ${this.name} ALLOW_CONNECTIONS true`);
  }

  /** Puts the copy in its place: what a failover does, to a replica that had not got the last commits. */
  async goBack(): Promise<void> {
    const lost = `${this.name}_lost`;
    await this.#shut();
    await onServer(
      this.server,
      `BEGIN;
       ALTER DATABASE ${this.name} RENAME TO ${lost};
       ALTER DATABASE ${this.#saved} RENAME TO ${this.name};
       COMMIT`,
    );
    await onServer(this.server, `DROP DATABASE ${lost}`);
  }

  async drop(): Promise<void> {
    for (const name of [this.name, this.#saved]) {
      await onServer(this.server, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
    }
  }

  get #saved(): string {
    return `${this.name}_saved`;
  }

  async #shut(): Promise<void> {
    await onServer(this.server, `ALTER DATABASE ${this.name} ALLOW_CONNECTIONS false`);
    await this.endConnections();
  }
}

async function onServer<Row extends pg.QueryResultRow>(
  url: string,
  text: string,
  values: readonly unknown[] = [],
): Promise<readonly Row[]> {
  const client = new pg.Client({ connectionString: url, application_name: 'test operator' });
  await client.connect();
  try {
    return (await client.query<Row>(text, [...values])).rows;
  } finally {
    await client.end();
  }
}
