/** One self-contained page: customer, conversation, feed, deliveries and clock. No framework, no assets. */
export const playerPage = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Instagram sandbox</title>
<style>
body{font:15px/1.5 system-ui,sans-serif;background:#fafafa;color:#222;margin:0}
header{background:#fff;border-bottom:1px solid #ddd;padding:10px 20px;display:flex;gap:14px;align-items:center;flex-wrap:wrap}
h1{font-size:17px;margin:0 auto 0 0}h2{font-size:14px;margin:0 0 10px}
main{display:grid;grid-template-columns:repeat(auto-fit,minmax(320px,1fr));gap:16px;padding:16px}
section{background:#fff;border:1px solid #ddd;border-radius:12px;padding:16px;min-width:0}
input,select,button{font:inherit;padding:6px 10px;border:1px solid #ccc;border-radius:8px;background:#fff}
button{cursor:pointer}.go{background:#0866ff;color:#fff;border-color:#0866ff}
form{display:flex;gap:8px;margin-top:10px}form input{flex:1;min-width:0}
#thread{height:340px;overflow:auto;display:flex;flex-direction:column;gap:6px}
.bubble{max-width:78%;padding:7px 12px;border-radius:16px;white-space:pre-wrap;overflow-wrap:anywhere;background:#eee;align-self:flex-start}
.bubble.customer{background:#0866ff;color:#fff;align-self:flex-end}
.bubble img{max-width:180px;border-radius:10px;display:block}.bubble button{margin:4px 4px 0 0;font-size:13px}
.post{display:flex;gap:10px;margin-bottom:12px}.post img{width:92px;height:92px;object-fit:cover;border-radius:8px}
small{color:#777}.row{font-size:13px;border-top:1px solid #eee;padding:5px 0;overflow-wrap:anywhere}
</style></head><body>
<header><h1>Instagram sandbox</h1>
<label>You are <input id="who" value="customer_one" size="14"></label>
<label>Account <select id="account"></select></label>
<button id="hour">+1 hour</button><button id="day">+1 day</button><small id="now"></small></header>
<main>
<section><h2>Conversation</h2><div id="thread"></div>
<form id="write"><input id="text" placeholder="Write a message" autocomplete="off"><button class="go">Send</button></form>
<button id="photo">Send a photo</button> <button id="heart">React to the last message</button></section>
<section><h2>Feed</h2><div id="feed"></div>
<form id="remark"><input id="comment" placeholder="Comment on the newest post" autocomplete="off"><button class="go">Comment</button></form></section>
<section><h2>Webhook deliveries</h2><div id="deliveries"></div></section>
</main>
<script>
const $ = (id) => document.getElementById(id);
const api = async (method, path, body) => {
	const answer = await fetch('/sandbox' + path, { method, headers: body ? { 'content-type': 'application/json' } : {}, body: body && JSON.stringify(body) });
	return answer.json();
};
const make = (tag, text, className) => { const node = document.createElement(tag); node.textContent = text; if (className) node.className = className; return node; };
const customer = () => '/customers/' + encodeURIComponent($('who').value.trim());
const account = () => $('account').value;
const act = async (name, body) => { await api('POST', customer() + '/' + name, { account: account(), ...body }); await refresh(); };
const button = (label, onclick) => { const node = make('button', label); node.onclick = onclick; return node; };
let shown = '';
let last;
const buttonsOf = (payload) => [...(payload.buttons || []), ...(payload.elements || []).flatMap((element) => element.buttons || [])];
const bubble = (message) => {
	const node = make('div', message.text || '', 'bubble ' + message.from);
	for (const { type, url, payload } of message.attachments) {
		if (url && type === 'image') { const image = make('img', ''); image.src = url; node.append(image); }
		else if (payload && payload.template_type) {
			node.append(make('div', payload.text || payload.elements.map((element) => [element.title, element.subtitle].filter(Boolean).join('\\n')).join('\\n\\n')));
			for (const { type: kind, title, payload: data } of buttonsOf(payload)) node.append(button(title, () => kind === 'postback' && act('postbacks', { title, payload: data })));
		} else node.append(make('small', '[' + type + ']'));
	}
	for (const { title, payload } of message.quickReplies) node.append(button(title, () => act('messages', { text: title, quickReplyPayload: payload })));
	for (const { reaction, emoji } of message.reactions) node.append(make('small', ' ' + (emoji || reaction)));
	return node;
};
const draw = (id, nodes) => $(id).replaceChildren(...nodes);
const refresh = async () => {
	const [world, inbox, feed, sent] = await Promise.all([api('GET', '/world'), api('GET', customer() + '/inbox?account=' + account()), api('GET', '/accounts/' + account() + '/feed'), api('GET', '/deliveries')]);
	$('now').textContent = new Date(world.now).toLocaleString();
	const state = JSON.stringify([inbox, feed, sent]);
	if (state === shown) return;
	shown = state;
	const messages = inbox.messages || [];
	last = messages.at(-1);
	draw('thread', messages.map(bubble));
	$('thread').scrollTop = $('thread').scrollHeight;
	draw('feed', feed.media.map((post) => {
		const node = make('div', '', 'post');
		const image = make('img', '');
		image.src = post.mediaUrl;
		const side = make('div', post.caption);
		for (const { username, text } of post.comments) side.append(make('div', username + ': ' + text, 'row'));
		node.append(image, side);
		return node;
	}));
	draw('deliveries', sent.deliveries.slice(-12).reverse().map((one) => make('div', one.fields.join(', ') + ' · ' + one.state + ' · ' + one.attempts.map((attempt) => attempt.status || attempt.error).join(', '), 'row')));
};
const submit = (form, input, send) => { $(form).onsubmit = async (event) => { event.preventDefault(); const text = $(input).value.trim(); $(input).value = ''; if (text) await send(text); }; };
submit('write', 'text', (text) => act('messages', { text }));
submit('remark', 'comment', (text) => act('comments', { text }));
$('photo').onclick = () => act('messages', { attachments: [{ type: 'image' }] });
$('heart').onclick = () => last && act('reactions', { mid: last.mid, reaction: 'love' });
$('hour').onclick = () => api('POST', '/clock', { advanceSeconds: 3600 }).then(refresh);
$('day').onclick = () => api('POST', '/clock', { advanceSeconds: 86400 }).then(refresh);
$('who').onchange = $('account').onchange = refresh;
api('GET', '/world').then(async ({ accounts }) => {
	draw('account', accounts.map(({ username }) => make('option', username)));
	await refresh();
	setInterval(refresh, 1500);
});
</script></body></html>`;
