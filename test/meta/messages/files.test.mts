import { asciiName } from '../../../nodes/meta/messages/files.ts';

describe('the name of a file', () => {
	it.each([
		['menu.pdf', 'menu.pdf'],
		['Preise für Brötchen 🥐.pdf', 'Preise fur Brotchen .pdf'],
		['Ação (1).PNG', 'Acao (1).PNG'],
		['价格.pdf', 'file.pdf'],
		['🥐', 'file'],
		['', 'file'],
		[undefined, 'file'],
	])('%j goes to Meta as %j', (name, ascii) => {
		expect(asciiName(name)).toBe(ascii);
	});
});
