import { canReach } from '../../../nodes/meta/input/webAddress.ts';

const META = 'https://graph.facebook.com/v25.0';
const reaches = (origin: string, graphUrl = META) => canReach(graphUrl, `${origin}/rest/binary-data/signed?token=t`);

describe('the address of a file that n8n holds', () => {
	it.each([
		'http://localhost:5678',
		'https://LOCALHOST',
		'http://127.0.0.1:5678',
		'http://10.1.2.3',
		'http://192.168.1.5:5678',
		'http://172.16.0.2',
		'http://172.31.9.9',
		'http://169.254.1.1',
		'http://0.0.0.0:5678',
		'http://[::1]:5678',
		'http://[fd12::5]',
		'http://n8n:5678',
		'http://n8n.local',
		'http://n8n.svc.internal',
	])('%s is none that Meta could reach', (origin) => {
		expect(reaches(origin)).toBe(false);
	});

	it.each([
		'https://n8n.bakery.example',
		'http://172.32.0.1',
		'http://11.0.0.1:5678',
		'https://local.example',
		'https://[2606:4700::1111]',
	])('%s may be public', (origin) => {
		expect(reaches(origin)).toBe(true);
	});

	it.each(['http://127.0.0.1:4010/graph.facebook.com/v25.0', 'http://gateway:8080/v25.0'])(
		'may be local when calls go to %s, which is local itself',
		(graphUrl) => {
			expect(reaches('http://localhost:5678', graphUrl)).toBe(true);
		},
	);
});
