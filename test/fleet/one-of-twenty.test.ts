import {readdir, readlink, rm, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import type {AgentId} from '../../source/domain/id.ts';
import {stepsOf} from '../../source/domain/plan.ts';
import {agentIn} from '../../source/domain/run.ts';
import type {Reply, ServedUsage} from '../support/stand-in/reply.ts';
import {finish, inTurn, play, requestsOf, say, serve, step, use} from './play.ts';
import {isOver, makeFolder, raise, runId, type Stage, someAgent} from './stage.ts';

/** The prompt cache is shared, so what is read from it depends on who comes first; here every turn costs the same. */
const usage: ServedUsage = {
	input_tokens: 100,
	cache_creation_input_tokens: 0,
	cache_read_input_tokens: 900,
	cache_creation: {ephemeral_5m_input_tokens: 0, ephemeral_1h_input_tokens: 0},
	output_tokens: 50,
	output_tokens_details: {thinking_tokens: 10},
};

const siblings = Array.from({length: 17}, (_, i) => `sibling-${String(i).padStart(2, '0')}`);
const pace = {deltasPerSecond: 40};

const spoken = (name: string, turn: number): string =>
	Array.from({length: 60}, (_, i) => `${name} says word ${i} of turn ${turn}.`).join(' ');

const server = `const {createServer} = require('node:http');
const server = createServer((_, answer) => answer.end('hi'));
server.listen(0, '127.0.0.1', () => console.log('listening on ' + server.address().port + '.'));
`;

/** Servers that left their group, ignore hang-ups or ignore being asked to end; the line itself ends when it is let. */
const command = [
	`setsid ${process.execPath} server.cjs &`,
	'nohup sleep 1000 >/dev/null 2>&1 &',
	`(trap '' TERM HUP INT; while :; do sleep 0.2; done) &`,
	'until [ -e release ]; do sleep 0.1; done',
].join('\n');

/** The processes whose folder is this one or below it. */
const workersIn = async (folder: string): Promise<readonly string[]> => {
	const names = (await readdir('/proc')).filter(name => /^\d+$/.test(name));
	const folders = await Promise.all(names.map(name => readlink(`/proc/${name}/cwd`).catch(() => '')));
	return names.filter((_, i) => folders[i] === folder || folders[i]?.startsWith(`${folder}/`) === true);
};

/** Twenty agents in a folder: 17 siblings, one to interrupt, one to pause, one whose command starts servers. */
const start = async (dir: string, isTouched: boolean) => {
	const go = Promise.withResolvers<void>();
	const talk = (name: string) =>
		inTurn(
			{
				blocks: [
					{type: 'thinking', text: `What would ${name} say?`},
					say(spoken(name, 1)),
					use('read_file', {path: 'README.md'}),
				],
				pace,
				usage,
			},
			async () => {
				await go.promise;
				return {
					blocks: [say(spoken(name, 2)), use('grep', {pattern: 'line', path: 'README.md'})],
					pace,
					usage,
				} satisfies Reply;
			},
			{...finish({summary: `${name} has spoken.`}), usage},
		);
	const names = [...siblings, 'cut', 'rest', 'gone'];
	const cut = inTurn(
		{
			blocks: [say(spoken('cut', 1)), use('read_file', {path: 'README.md'})],
			usage,
			pace,
			...(isTouched ? {fault: {stallAfterDeltas: 20}} : {}),
		},
		{...finish(), usage},
	);
	const gone = inTurn({blocks: [use('run_command', {command, timeout_seconds: 600})], usage}, {...finish(), usage});
	const parts = Object.fromEntries([...siblings, 'rest'].map(name => [`Your step: ${name}`, talk(name)]));
	const standIn = await serve(
		play(
			names.map(key => step(key, key === 'gone' ? {role: 'builder'} : {})),
			{...parts, 'Your step: cut': cut, 'Your step: gone': gone},
		),
	);
	const stage = await raise({at: standIn.url, dir, settings: {maxParallel: names.length}});
	const heard = (): ReadonlySet<AgentId> =>
		new Set(stage.signals.flatMap(signal => (signal.type === 'turn.delta' ? [signal.agentId] : [])));
	const printed = (): string =>
		stage.signals.map(signal => (signal.type === 'call.output' ? signal.text : '')).join('');
	await stage.until(
		run =>
			run.agents.length === 1 + names.length &&
			run.agents.filter(agent => agent.turn !== undefined).length === names.length - 1 &&
			[...siblings, 'cut', 'rest'].every(name => heard().has(stage.agent(`${name}.`).id)) &&
			/listening on \d+\./.test(printed()),
	);
	return {stage, standIn, go, port: Number(/listening on (\d+)\./.exec(printed())?.[1])};
};

/** What happened to an agent and what it said, with ids that are counted over the whole run counted over it alone. */
const streamOf = (stage: Stage, agentId: AgentId): readonly string[] => {
	const known = new Map<string, string>();
	const renamed = (text: string): string =>
		text.replace(
			/\b(?:(agent|turn|call|request|message|step)_a_\d+|(toolu)_\w+)\b/g,
			(id, ofRun: string | undefined, ofVendor: string | undefined) => {
				const name = known.get(id) ?? `${ofRun ?? ofVendor}#${known.size}`;
				known.set(id, name);
				return name;
			},
		);
	const said = new Map<string, string>();
	for (const signal of stage.signals)
		if (signal.type === 'turn.delta' && signal.agentId === agentId) {
			const key = `${signal.turnId} ${signal.kind}`;
			said.set(key, (said.get(key) ?? '') + signal.text);
		}
	return [
		...stage.eventsOf(agentId).map(event => renamed(JSON.stringify(event))),
		...[...said].map(line => renamed(line.join(': '))),
	];
};

const streamsOf = (stage: Stage) =>
	Object.fromEntries(siblings.map(name => [name, streamOf(stage, stage.agent(`${name}.`).id)]));

test('interrupt, pause and kill of three among twenty leave the other seventeen exactly as they would have been', async () => {
	const dir = makeFolder({'README.md': '# A project\n\nOne line.\n', 'server.cjs': server});

	const untouched = await start(dir, false);
	untouched.go.resolve();
	await writeFile(join(dir, 'release'), '');
	const whole = await untouched.stage.until(isOver);
	expect(whole.status).toMatchObject({outcome: 'done'});
	expect(await workersIn(dir)).toEqual([]);
	await rm(join(dir, 'release'));

	const {stage, standIn, go, port} = await start(dir, true);
	const [cut, rest, gone] = [stage.agent('cut.').id, stage.agent('rest.').id, stage.agent('gone.').id];
	expect((await workersIn(dir)).length).toBeGreaterThanOrEqual(4);
	expect(await (await fetch(`http://127.0.0.1:${port}`)).text()).toBe('hi');

	await stage.tell({type: 'agent.interrupt', runId, agentId: cut});
	await stage.tell({type: 'agent.pause', runId, agentId: rest});
	await stage.tell({type: 'agent.kill', runId, agentId: gone, reason: 'enough'});
	await expect.poll(() => workersIn(dir), {timeout: 5000}).toEqual([]);
	await expect(fetch(`http://127.0.0.1:${port}`)).rejects.toThrow();

	go.resolve();
	await stage.until(run => {
		const kindOf = new Map(stepsOf(run.plan).map(({key, status}) => [key, status.kind]));
		const paused = agentIn(run, rest);
		return siblings.every(name => kindOf.get(name) === 'done') && paused !== undefined && paused.turn === undefined;
	});
	expect(streamsOf(stage)).toEqual(streamsOf(untouched.stage));

	// Who was paused has had the end of its turn, and nothing new has begun.
	const eventsOfRest = stage.eventsOf(rest);
	const pausedAt = eventsOfRest.findIndex(event => event.type === 'agent.paused');
	expect(eventsOfRest.slice(pausedAt).map(({type}) => type)).not.toContain('turn.started');
	await stage.tell({type: 'agent.continue', runId, agentId: rest});
	await stage.until(someAgent('rest.', agent => agent.status.kind === 'done'));

	// Who was interrupted knows what it was told and what it had said.
	const partial = stage.eventsOf(cut).find(event => event.type === 'turn.failed');
	if (partial?.type !== 'turn.failed' || partial.partial[0]?.type !== 'text') throw new Error('Nothing was cut off.');
	const {text} = partial.partial[0];
	expect(text).not.toBe('');
	expect(spoken('cut', 1).startsWith(text)).toBe(true);
	expect(agentIn(stage.run(), cut)?.status.kind).toBe('interrupted');
	await stage.tell({type: 'agent.continue', runId, agentId: cut});
	await stage.until(isOver);
	const [first, next] = requestsOf(standIn, 'Your step: cut');
	expect(next?.body.messages.slice(0, 1)).toEqual(first?.body.messages.slice(0, 1));
	expect(JSON.stringify(next?.body.messages[1])).toContain(JSON.stringify(text).slice(1, -1).trimEnd());
	expect(next?.newest.join('\n')).toContain('The person cut off your reply here');
	expect(stage.run().status).toMatchObject({outcome: 'failed', reason: 'failed: gone'});
});
