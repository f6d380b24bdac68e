import { createSandbox } from './server.mts';

const portArgument = process.argv.indexOf('--port');
const sandbox = await createSandbox({
	port: portArgument > 0 ? Number(process.argv[portArgument + 1]) : 4800,
});
const [app] = sandbox.world.apps.values();
console.log(`Instagram sandbox      ${sandbox.url}
Graph API              ${sandbox.graphUrl}
Login dialog           ${sandbox.loginUrl}
App id                 ${app.id}
App secret             ${app.secret}
Instagram Login        ${sandbox.instagramLoginUrl}/oauth/authorize
Instagram Graph API    ${sandbox.instagramGraphUrl}
Instagram app id       ${app.instagramAppId}
Instagram app secret   ${app.instagramAppSecret}
Redirect URIs          ${app.redirectUris.join(', ')}`);

const stop = () => void sandbox.close().then(() => process.exit(0));
process.on('SIGINT', stop);
process.on('SIGTERM', stop);
