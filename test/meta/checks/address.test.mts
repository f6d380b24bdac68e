import { whyUnreachable } from '../../../nodes/meta/checks/address.ts';

describe('the address of n8n', () => {
	it.each([
		['http://localhost:5678', /this machine/],
		['http://127.0.0.1:5678', /this machine/],
		['https://[::1]', /this machine/],
		['https://10.1.2.3', /own network/],
		['https://172.20.0.5', /own network/],
		['https://192.168.1.9:5678', /own network/],
		['https://100.64.0.7', /own network/],
		['https://[fd00::1]', /own network/],
		['https://n8n.local', /own network/],
		['https://n8n', /own network/],
		['http://n8n.example', /HTTPS/],
		['n8n', /no address/],
	])('%s cannot be reached by Meta', (url, why) => {
		expect(whyUnreachable(url)).toMatch(why);
	});

	it.each(['https://n8n.example', 'https://172.15.0.1', 'https://100.128.0.1', 'https://n8n.example:8443/path'])(
		'%s can',
		(url) => {
			expect(whyUnreachable(url)).toBeUndefined();
		},
	);
});
