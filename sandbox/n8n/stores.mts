import { createHash, randomBytes } from 'node:crypto';
import { createRequire } from 'node:module';
import { connect } from 'node:net';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { isAlive } from './installFolder.mts';

const CONNECT_TIMEOUT_MS = 3_000;
const SCAN_COUNT = 1_000;

/** The two servers that n8n's queue mode needs, by n8n's own variables; the defaults are those of this machine. */
const postgres = {
	host: process.env.DB_POSTGRESDB_HOST ?? '127.0.0.1',
	port: Number(process.env.DB_POSTGRESDB_PORT ?? 5432),
	user: process.env.DB_POSTGRESDB_USER ?? 'postgres',
	password: process.env.DB_POSTGRESDB_PASSWORD ?? '',
};
const redis = {
	host: process.env.QUEUE_BULL_REDIS_HOST ?? '127.0.0.1',
	port: Number(process.env.QUEUE_BULL_REDIS_PORT ?? 6379),
	password: process.env.QUEUE_BULL_REDIS_PASSWORD ?? '',
};

// The clients that n8n itself brings; only the calls that are made here.
type PgClient = {
	connect(): Promise<void>;
	query(text: string, values?: unknown[]): Promise<{ rows: unknown[] }>;
	end(): Promise<void>;
};
type RedisClient = {
	scanStream(options: { match: string; count: number }): AsyncIterable<string[]>;
	unlink(...keys: string[]): Promise<number>;
	quit(): Promise<unknown>;
};
type Clients = {
	pg: { Client: new (options: object) => PgClient };
	ioredis: { Redis: new (options: object) => RedisClient };
};

/** A database and a Redis prefix that belong to one run. */
export type Stores = {
	/** What tells n8n to use them, in queue mode. */
	env: Record<string, string>;
	/** Reads or changes the run's database. */
	query<T>(text: string, values?: unknown[]): Promise<T[]>;
	/** Drops the database, whoever is connected, and deletes the run's keys. */
	remove(): Promise<void>;
};

/** What is missing for queue mode, in one line; undefined when both servers take connections. */
export async function missingStores(): Promise<string | undefined> {
	const needs = [
		{ name: 'PostgreSQL', at: postgres, variables: 'DB_POSTGRESDB_HOST, _PORT, _USER and _PASSWORD' },
		{ name: 'Redis', at: redis, variables: 'QUEUE_BULL_REDIS_HOST, _PORT and _PASSWORD' },
	];
	const found = await Promise.all(needs.map(async ({ at }) => await isListening(at.host, at.port)));
	const missing = needs.filter((_, index) => !found[index]);
	if (missing.length === 0) return undefined;
	const where = missing.map(({ name, at, variables }) => `${name} at ${at.host}:${at.port} (else set ${variables})`);
	return `n8n's queue mode needs ${where.join(' and ')}.`;
}

/**
 * Creates a database and chooses a Redis prefix. What runs of this machine left behind that were killed is removed.
 * @param n8nDir folder from `installN8n`, for n8n's own database clients
 */
export async function createStores(n8nDir: string): Promise<Stores> {
	const clients = loadClients(n8nDir);
	const machine = `n8n_queue_${createHash('sha256').update(hostname()).digest('hex').slice(0, 8)}`;
	const name = `${machine}_${process.pid}_${randomBytes(4).toString('hex')}`;
	await withAdmin(clients, async (admin) => {
		const { rows } = await admin.query('SELECT datname FROM pg_database WHERE starts_with(datname, $1)', [
			`${machine}_`,
		]);
		for (const { datname } of rows as Array<{ datname: string }>) {
			if (!isAlive(Number(datname.split('_')[3]))) await removeRun(clients, admin, datname);
		}
		await admin.query(`CREATE DATABASE "${name}"`);
	});
	const client = new clients.pg.Client({ ...postgres, database: name });
	await client.connect();
	return {
		env: environmentFor(name),
		query: async <T,>(text: string, values?: unknown[]) => (await client.query(text, values)).rows as T[],
		async remove() {
			await client.end();
			await withAdmin(clients, async (admin) => await removeRun(clients, admin, name));
		},
	};
}

function environmentFor(run: string): Record<string, string> {
	return {
		EXECUTIONS_MODE: 'queue',
		DB_TYPE: 'postgresdb',
		DB_POSTGRESDB_HOST: postgres.host,
		DB_POSTGRESDB_PORT: String(postgres.port),
		DB_POSTGRESDB_USER: postgres.user,
		DB_POSTGRESDB_PASSWORD: postgres.password,
		DB_POSTGRESDB_DATABASE: run,
		QUEUE_BULL_REDIS_HOST: redis.host,
		QUEUE_BULL_REDIS_PORT: String(redis.port),
		QUEUE_BULL_REDIS_PASSWORD: redis.password,
		QUEUE_BULL_PREFIX: `${run}:bull`,
		N8N_REDIS_KEY_PREFIX: run,
	};
}

async function withAdmin(clients: Clients, work: (admin: PgClient) => Promise<void>): Promise<void> {
	const admin = new clients.pg.Client({ ...postgres, database: 'postgres' });
	await admin.connect();
	try {
		await work(admin);
	} finally {
		await admin.end();
	}
}

async function removeRun({ ioredis }: Clients, admin: PgClient, run: string): Promise<void> {
	await admin.query(`DROP DATABASE IF EXISTS "${run}" WITH (FORCE)`);
	const client = new ioredis.Redis({ ...redis, password: redis.password || undefined });
	for await (const keys of client.scanStream({ match: `*${run}*`, count: SCAN_COUNT })) {
		if (keys.length > 0) await client.unlink(...keys);
	}
	await client.quit();
}

function loadClients(n8nDir: string): Clients {
	const load = createRequire(join(n8nDir, 'node_modules', 'n8n', 'package.json'));
	return { pg: load('pg') as Clients['pg'], ioredis: load('ioredis') as Clients['ioredis'] };
}

async function isListening(host: string, port: number): Promise<boolean> {
	const socket = connect({ host, port, timeout: CONNECT_TIMEOUT_MS });
	const answered = await new Promise<boolean>((resolve) => {
		socket.once('connect', () => resolve(true));
		socket.once('error', () => resolve(false));
		socket.once('timeout', () => resolve(false));
	});
	socket.destroy();
	return answered;
}
