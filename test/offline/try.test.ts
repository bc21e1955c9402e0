import {mkdtemp, appendFile, readFile} from 'node:fs/promises';
import {test} from 'vitest';
import {planOfSurvey, sail} from './fleet.ts';
for (const root of ['/work/main', '/usr/lib/node_modules', '/usr/share/doc', '/usr/include', '/usr/lib/python3'])
test(`try ${root}`, async () => {
	const outputs = await mkdtemp('/tmp/flo-out-');
	const plan = await planOfSurvey('Survey this');
	const t = Date.now();
	const done = await sail(plan, {root, outputs});
	let out = `\n## ${root} ${Date.now() - t} ms plan ${JSON.stringify(plan,undefined,1).length/3.5/240}s\n`;
	for (const [k, w] of done) {
		let s = 0;
		for (const m of w.messages) if (m.role === 'assistant') for (const b of m.blocks) s += b.type === 'text' || b.type === 'thinking' ? b.text.length/3.5/60 : b.type === 'tool_use' ? JSON.stringify(b.input).length/3.5/240 : 0;
		out += `${k} ${w.turns} turns ${w.calls.length} calls ${s.toFixed(1)} s ${w.packet?.status} ${w.packet?.summary} ${JSON.stringify(w.packet?.risks)} ${JSON.stringify(w.packet?.findings).length}\n`;
	}
	await appendFile('/tmp/off2.out', out + (done.get('review')?.packet?.findings.slice(0,3).join('\n')));
}, 180000);
