import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createRequire } from 'node:module';
import type * as AppCallbacks from '../../nodes/InstagramTrigger/appCallbacks/define.ts';
import type * as Delivery from '../../nodes/InstagramTrigger/delivery/split.ts';
import type * as Events from '../../nodes/InstagramTrigger/events/index.ts';
import type * as Fields from '../../nodes/InstagramTrigger/panel/fields.ts';
import type * as Context from '../../nodes/Instagram/operations/context.ts';
import type * as Operations from '../../nodes/Instagram/operations/index.ts';
import { VERSIONS } from '../../sandbox/n8n/versions.mts';
import { BEHAVIOURS } from '../../test/canary/behaviours/index.mts';
import type { Results } from '../../test/versions/suites.mts';
import { judge, renderCoverage } from './edgeReport.mts';
import { EDGES } from './edges.mts';
import { rehearse } from './rehearse.mts';
import { renderEvents, renderOperations, sampleItems, withOperations } from './render.mts';
import { renderAppCallbacks } from './renderAppCallbacks.mts';
import { renderCompatibility } from './renderCompatibility.mts';
import { readOutputs, WITHOUT_SCHEMA } from './schema.mts';

// The package is CommonJS without file endings in its imports: the build is what Node can load.
const require = createRequire(import.meta.url);
const built = (path: string): unknown => require(join(import.meta.dirname, '../../dist/nodes', path));

const { resources } = built('Instagram/operations') as typeof Operations;
const { runContext } = built('Instagram/operations/context') as typeof Context;
const { readers } = built('InstagramTrigger/events') as typeof Events;
const { readDelivery } = built('InstagramTrigger/delivery/split') as typeof Delivery;
const appCallbacks = built('InstagramTrigger/appCallbacks/define') as typeof AppCallbacks;
const { triggerFields } = built('InstagramTrigger/panel/fields') as typeof Fields;

const outputs = readOutputs(resources, (path) => readFileSync(join(import.meta.dirname, '../..', path), 'utf8'));
const fixture = (name: string): Buffer => readFileSync(join(import.meta.dirname, '../../test/fixtures/webhooks', name));
writeFileSync(
	join(import.meta.dirname, '../../docs/operations.md'),
	renderOperations(resources, outputs, WITHOUT_SCHEMA),
);
writeFileSync(
	join(import.meta.dirname, '../../docs/events.md'),
	renderEvents(readers, sampleItems(readers, readDelivery, fixture), triggerFields) + renderAppCallbacks(appCallbacks),
);
writeFileSync(
	join(import.meta.dirname, '../../docs/coverage.md'),
	renderCoverage(judge(EDGES, await rehearse(resources, runContext)).nodes),
);

const results = JSON.parse(
	readFileSync(join(import.meta.dirname, '../../test/versions/results.json'), 'utf8'),
) as Results;
writeFileSync(
	join(import.meta.dirname, '../../docs/compatibility.md'),
	renderCompatibility(results, VERSIONS, BEHAVIOURS),
);

const readme = join(import.meta.dirname, '../../README.md');
writeFileSync(readme, withOperations(readFileSync(readme, 'utf8'), resources));
