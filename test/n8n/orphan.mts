// Started by a test as a process of its own: starts n8n, says so, and dies without a chance to clean up.
import { startN8n } from '../../sandbox/n8n/start.mts';

const [n8nDir, packageDir, userFolder] = process.argv.slice(2);
const n8n = await startN8n({ n8nDir, packageDir, userFolder, env: { N8N_DISABLE_UI: 'true' } });
console.log(n8n.pid);
process.kill(process.pid, 'SIGKILL');
