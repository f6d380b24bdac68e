import { NodeHelpers, type INode } from 'n8n-workflow';
import { Instagram } from '../../nodes/Instagram/Instagram.node.ts';
import { resources } from '../../nodes/Instagram/operations/index.ts';

const { description } = new Instagram();

/** What n8n tells an AI model about the node as a tool, unless the operator writes something else. */
const toldOf = (resource: string, operation: string): string =>
	NodeHelpers.getToolDescriptionForNode(
		{ name: 'x', parameters: { resource, operation, descriptionType: 'auto' } } as unknown as INode,
		{ description } as never,
	);

const all = resources.flatMap(({ value, operations }) =>
	operations.map((operation) => ({ resource: value, operation })),
);

/** What cannot be taken back, or what everybody sees -> the words that say so. */
const DANGEROUS: Record<string, RegExp> = {
	'collaboration/accept': /for all to see/,
	'comment/create': /for all to see/,
	'comment/delete': /^Delete .*for good/,
	'comment/reply': /for all to see/,
	'mention/reply': /for all to see/,
	'messagingProfile/deleteIceBreakers': /^Delete .*for good/,
	'messagingProfile/deleteMenu': /^Delete .*for good/,
	'messagingProfile/deleteWelcomeFlow': /^Delete .*for good/,
	'person/block': /^Block a person from the account/,
	'post/delete': /^Delete .*for good/,
	'post/publishCarousel': /^Publish .*for all to see/,
	'post/publishContainer': /^Publish .*for all to see/,
	'post/publishImage': /^Publish .*for all to see/,
	'post/publishReel': /^Publish .*for all to see/,
	'post/publishStory': /^Publish .*for all to see/,
	'webhook/unsubscribe': /^Unsubscribe .*for all workflows/,
};

describe('an AI model is told', () => {
	it.each(Object.entries(DANGEROUS))('what %s does', (name, words) => {
		const [resource, operation] = name.split('/');
		expect(toldOf(resource, operation)).toMatch(words);
	});

	it('the same of every operation that deletes, blocks, unsubscribes or publishes, by its name', () => {
		const named = all.filter(({ operation }) => /^(delete|block|unsubscribe|publish)/.test(operation.value));
		expect(named.length).toBeGreaterThan(8);
		expect(
			named.map(({ resource, operation }) => `${resource}/${operation.value}`).filter((name) => !(name in DANGEROUS)),
		).toEqual([]);
	});

	it('nothing of the kind about operations that do no harm', () => {
		const others = all.filter(({ resource, operation }) => !(`${resource}/${operation.value}` in DANGEROUS));
		expect(others.filter(({ operation }) => /for good|for all/.test(operation.action))).toEqual([]);
	});
});
