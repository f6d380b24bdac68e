import { createServer, request as send } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { RunOptions } from './runNode.mts';

/** A line to a server that carries some calls and then goes dead, as that of a process that is killed. */
export type MortalLine = {
	/** An address of the server, by way of the line. */
	to: (url: string) => string;
	/**
	 * Runs a node that is killed when it has made some calls: what it knew is lost, and no further call arrives.
	 * @param run starts the node with these options
	 * @returns the execution as n8n had stored it: when it was created, and after each node that had ended
	 */
	kill: (calls: number, run: (more: Partial<RunOptions>) => Promise<unknown>) => Promise<string[]>;
	close: () => Promise<void>;
};

/** @param isUsed `false` leaves addresses as they are: nothing goes by way of the line */
export async function openMortalLine(server: string, isUsed: boolean): Promise<MortalLine> {
	let left = Infinity;
	let die = () => {};
	const underWay = new Set<Promise<void>>();
	const line = createServer((request, response) => {
		if (left <= 0) {
			die();
			return;
		}
		left--;
		const { headers, method } = request;
		const arrival = new Promise<void>((done) => {
			const onward = send(`${server}${request.url}`, { headers, method }, (answer) => {
				answer.once('end', done);
				response.writeHead(answer.statusCode ?? 502, answer.headers);
				answer.pipe(response);
			});
			onward.once('error', () => {
				response.destroy();
				done();
			});
			request.pipe(onward);
		});
		underWay.add(arrival);
		void arrival.finally(() => underWay.delete(arrival));
	});
	await new Promise<void>((done) => line.listen(0, '127.0.0.1', done));
	const { port } = line.address() as AddressInfo;
	return {
		to: (url) => (isUsed ? url.replace(server, `http://127.0.0.1:${port}`) : url),
		async kill(calls, run) {
			const saves: string[] = [];
			let cancel = () => {};
			const death = new Promise<void>((done) => (die = done));
			left = calls;
			const running = run({ saves, onStart: (stop) => (cancel = stop) });
			await Promise.race([death, running]);
			await Promise.all(underWay);
			// From here on nobody sees what it does: it must only come to an end.
			const stored = [...saves];
			cancel();
			die = () => line.closeAllConnections();
			die();
			await running.catch(() => {});
			left = Infinity;
			return stored;
		},
		close: async () => {
			line.closeAllConnections();
			await new Promise<void>((done) => line.close(() => done()));
		},
	};
}
