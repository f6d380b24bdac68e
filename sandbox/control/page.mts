import type { FastifyInstance } from 'fastify';
import { playerPage } from './playerPage.mts';

/** The page on which a person plays the customer. */
export function servePeoplesPage(server: FastifyInstance): void {
	server.get('/', (_request, reply) => reply.type('text/html; charset=utf-8').send(playerPage));
}
