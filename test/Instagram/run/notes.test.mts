import '../../support/quickTime.mts';
import type { IDataObject } from 'n8n-workflow';
import type { JsonValue } from '../../../nodes/Instagram/operations/define.ts';
import { openBinaryStore, type BinaryStore } from '../../support/binaryStore.mts';
import { film } from '../../support/mp4.mts';
import { sourcesIn } from '../../support/sources.mts';
import { openInbox } from '../../support/stages/inbox.mts';
import { openStage } from '../../support/stages/publishStage.mts';

jest.setTimeout(60_000);

/** What n8n would store as something else cannot be noted: true as long as the type of a note refuses it. */
const isRefused: {
	error: Error extends JsonValue ? false : true;
	date: Date extends JsonValue ? false : true;
	map: Map<string, string> extends JsonValue ? false : true;
	function: (() => void) extends JsonValue ? false : true;
} = { error: true, date: true, map: true, function: true };

let store: BinaryStore;
beforeAll(async () => {
	store = await openBinaryStore();
});
afterAll(async () => await store.close());

type Kept = { 'node:instagram'?: { unfinished?: { items: Record<string, { notes: IDataObject }> } } };

/** Notes that an item leaves, as they are before n8n stores them. */
type Leaves = () => Promise<IDataObject>;

async function published(operation: string, parameters: (files: string) => IDataObject, video?: Buffer) {
	const stage = await openStage();
	try {
		await stage.control('POST', '/faults', {
			path: '/media_publish$',
			method: 'POST',
			status: 400,
			error: { code: 200 },
		});
		const binary = video ? [{ data: await store.store(video, 'video/mp4') }] : undefined;
		return (await stage.run('post', operation, parameters(stage.files), { binary })).kept;
	} finally {
		await stage.close();
	}
}

/** Every way in which an operation keeps notes. */
const WAYS: Record<string, Leaves> = {
	'a text in parts': async () => {
		const inbox = await openInbox();
		try {
			await inbox.control('POST', '/faults', { path: '/messages$', method: 'POST', skip: 1, reset: 'after' });
			const text = `${'a'.repeat(900)} ${'b'.repeat(900)}`;
			const parameters = { recipientId: inbox.person, text, options: { splitLongText: true } };
			return (await inbox.run('message', 'sendText', parameters)).kept;
		} finally {
			await inbox.close();
		}
	},
	'an image': async () =>
		await published('publishImage', (files) => ({ source: 'url', imageUrl: `${files}/bread.jpg`, caption: 'Bread' })),
	'a file of the workflow': async () =>
		await published('publishReel', () => ({ source: 'binary', caption: 'Reel' }), film({ size: 40_000 })),
	'a carousel': async () =>
		await published('publishCarousel', (files) => ({
			specifyItems: 'json',
			itemsJson: JSON.stringify([`${files}/bread.jpg`, `${files}/bread.jpg`]),
			caption: 'Two',
		})),
};

describe('what an operation notes of an item', () => {
	it.each(Object.entries(WAYS))('survives that n8n stores it: %s', async (_name, leave) => {
		const kept = await leave();
		const items = (kept as Kept)['node:instagram']?.unfinished?.items ?? {};
		expect(Object.keys(items['0'].notes)).not.toEqual([]);
		expect(JSON.parse(JSON.stringify(kept))).toEqual(kept);
	});

	it('is JSON by its type', () => {
		expect(Object.values(isRefused)).not.toContain(false);
	});

	it('comes from these operations and no others', () => {
		const noting = sourcesIn('nodes/Instagram/operations', '.ts').filter(({ text }) => text.includes('progress.set('));
		expect(noting.map(({ path }) => path.replace('nodes/Instagram/operations/', '')).sort()).toEqual([
			'message/sendText.ts',
			'post/publishing/publish.ts',
		]);
	});
});
