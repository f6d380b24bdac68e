import { createRequire } from 'node:module';

const fromCore = createRequire(require.resolve('n8n-core'));
const { Container } = fromCore('@n8n/di') as { Container: { get: (service: unknown) => object } };
const { Logger } = fromCore('@n8n/backend-common') as { Logger: unknown };

/** Warnings that nodes write to n8n's log from now on, in their order. */
export function logLines(): string[] {
	const lines: string[] = [];
	const logger = Container.get(Logger) as { warn: (line: string) => void };
	jest.spyOn(logger, 'warn').mockImplementation((line) => void lines.push(line));
	return lines;
}
