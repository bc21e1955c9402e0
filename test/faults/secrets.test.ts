import {execFileSync} from 'node:child_process';
import {mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {PassThrough} from 'node:stream';
import {describe, expect, it, onTestFinished} from 'vitest';
import {foldTranscript, nothingTold} from '../../components/panes/transcript-fold.ts';
import {createContext} from '../../source/boot/context.ts';
import {parseArguments} from '../../source/boot/parse-arguments.ts';
import type {Terminal} from '../../source/boot/terminal.ts';
import {exportRun} from '../../source/boot/verbs/export.ts';
import {logs} from '../../source/boot/verbs/logs.ts';
import {ls} from '../../source/boot/verbs/ls.ts';
import {show} from '../../source/boot/verbs/show.ts';
import type {RunEvent} from '../../source/domain/event.ts';
import type {Signal} from '../../source/domain/signal.ts';
import {flotilla} from '../cli/flotilla.ts';
import {type Sample, samplesOf} from '../policy/redact-samples.ts';
import {createManualClock} from '../support/manual-clock.ts';
import {openRealFleet} from '../support/real-fleet.ts';
import type {Reply, ScriptBlock} from '../support/stand-in/reply.ts';
import {systemSays} from '../support/stand-in/script.ts';
import {fleet as fleetScript} from '../support/stand-in/scripts/fleet.ts';
import {startStandIn} from '../support/stand-in/server.ts';

/** Where secrets come from, each place with those of its own. */
const places = [
	...[
		'file',
		'command output',
		'command',
		'error output',
		'tool input',
		'text',
		'thinking',
		'report',
		'plan',
		'question',
	],
	...['goal', 'message', 'vendor refusal', 'vendor overload', 'file name', 'written file', 'unknown tool'],
] as const;
type Place = (typeof places)[number];

const inFileNames = /^[\w.-]{20,100}$/;

/** Every shape is planted somewhere, and every place has at least three secrets; those of files need fit names. */
const plant = (): ReadonlyMap<Place, readonly Sample[]> => {
	const planted = new Map<Place, Sample[]>(places.map(place => [place, []]));
	for (const [round, seed] of [11, 12, 13].entries())
		for (const [i, sample] of samplesOf(seed).entries()) {
			const place = places[(i + round * 7) % places.length] ?? 'file';
			if (place === 'file name' && !(inFileNames.test(sample.secret) && sample.text.includes(` ${sample.secret} `))) {
				planted.get('file')?.push(sample);
				continue;
			}
			planted.get(place)?.push(sample);
		}
	return planted;
};

const temporary = (name: string): string => {
	const dir = mkdtempSync(join(tmpdir(), `flotilla-${name}-`));
	onTestFinished(() => rmSync(dir, {recursive: true, force: true}));
	return dir;
};

/** The part of a secret by which it is looked for: of a long one a line that holds nothing else. */
const tellingOf = ({secret}: Sample): string =>
	secret
		.split('\n')
		.filter(line => !line.startsWith('-----'))
		.toSorted((a, b) => b.length - a.length)[0] ?? secret;

const seenIn = (text: string, samples: readonly Sample[]): readonly string[] =>
	samples.filter(sample => text.includes(tellingOf(sample))).map(({shape}) => shape);

/** What a command says to somebody who reads along. */
const saidBy = async (
	home: string,
	json: boolean,
	tell: (context: ReturnType<typeof createContext>) => unknown,
): Promise<string> => {
	let said = '';
	const sink = () =>
		Object.assign(new PassThrough(), {
			write: (chunk: string) => {
				said += chunk;
				return true;
			},
		});
	const terminal = {stdin: new PassThrough(), stdout: sink(), stderr: sink(), interactive: false};
	// Of the streams of a process only what commands use of them.
	const {flags} = parseArguments(json ? ['ls', '--json'] : ['ls'], '0');
	await tell(createContext(flags, terminal as unknown as Terminal, {FLOTILLA_HOME: home}, {}, '0'));
	return said;
};

const eventsOf = (lines: string): readonly RunEvent[] =>
	lines
		.trim()
		.split('\n')
		.map((line): RunEvent => JSON.parse(line));

const filesBelow = (dir: string): readonly string[] =>
	readdirSync(dir, {recursive: true, withFileTypes: true})
		.filter(entry => entry.isFile())
		.map(entry => join(entry.parentPath, entry.name));

describe('secrets that come from everywhere', () => {
	it('appear in no database, log, transcript, export, signal or later request', async () => {
		const planted = plant();
		const of = (place: Place): readonly Sample[] => planted.get(place) ?? [];
		const all = [...planted.values()].flat();
		const say = (place: Place): string =>
			of(place)
				.map(({text}) => text)
				.join('\n');
		/** As many of a place as fit whole: what is cut in two is not the secret any more. */
		const sayUpTo = (place: Place, characters: number): string =>
			of(place).reduce((said, {text}) => (said.length + text.length < characters ? `${said}\n${text}` : said), 'says');
		for (const place of places)
			expect([place, of(place).length]).toEqual([place, expect.toSatisfy((n: number) => n > 0)]);
		expect(new Set(all.map(({shape}) => shape)).size).toBeGreaterThanOrEqual(25);

		const dir = temporary('project');
		writeFileSync(join(dir, 'README.md'), `# Boats\n\n${say('file')}\n`);
		writeFileSync(join(dir, 'config.txt'), `${say('command output')}\n`);
		writeFileSync(join(dir, 'errors.txt'), `${say('error output')}\n`);
		mkdirSync(join(dir, 'names'));
		for (const {secret} of of('file name')) writeFileSync(join(dir, 'names', `${secret}.txt`), 'boats\n');
		execFileSync('git', ['init', '-q'], {cwd: dir});
		execFileSync('git', ['add', '.'], {cwd: dir});

		const use = (name: string, input: unknown): ScriptBlock => ({type: 'tool_use', name, input});
		const reply = (...blocks: readonly ScriptBlock[]): Reply => ({blocks, deltaSize: 7});
		const acts: readonly (() => Reply)[] = [
			() =>
				reply(
					{type: 'thinking', text: `I remember: ${say('thinking')}`},
					{type: 'text', text: `It says:\n${say('text')}\nSo I look.`},
					use('run_command', {command: 'cat config.txt; cat errors.txt >&2; ls names'}),
					use('read_file', {path: 'README.md'}),
					use('glob', {pattern: 'names/*'}),
				),
			() =>
				reply(
					use('run_command', {command: `cat <<'EOF'\n${say('command')}\nEOF`}),
					use('grep', {pattern: '^', path: '.'}),
					use('grep', {pattern: sayUpTo('tool input', 900)}),
					use('write_file', {path: 'outputs:notes.md', content: say('written file')}),
					use('no_such_tool', {note: say('unknown tool')}),
					use('read_file', {path: `names/${of('file name')[0]?.secret}.txt`}),
					use('read_file', {path: `missing/${of('file name')[1]?.secret}`}),
				),
			() =>
				reply(
					use('ask_person', {
						question: `Which?\n${sayUpTo('question', 900)}`,
						choices: ['a', sayUpTo('question', 150)],
					}),
				),
			() =>
				reply(
					use('finish_step', {
						status: 'UNVERIFIED',
						summary: `Found ${say('report')}`,
						findings: [say('report')],
						produced: [],
						risks: [say('report')],
					}),
				),
		];
		const step = {files: [], acceptance: ['It is said.'], tier: 'haiku', toolBudget: 20};
		const plan = {
			taskType: 'research',
			steps: [
				{...step, key: 'work', title: 'Look', role: 'builder', objective: `Mind this:\n${say('plan')}`, dependsOn: []},
				{...step, key: 'report', title: 'Report', role: 'writer', objective: 'Report.', dependsOn: ['work']},
			],
		};
		let overloads = 0;
		await using server = await startStandIn({
			script: fleetScript([
				{when: ({schema}) => schema !== undefined, reply: () => reply({type: 'text', text: JSON.stringify(plan)})},
				{
					when: systemSays('your role: builder'),
					reply: ({turns}) =>
						turns === 1 && overloads++ === 0
							? {blocks: [], fault: {status: 529, message: sayUpTo('vendor overload', 300)}}
							: (acts[turns]?.() ?? reply({type: 'text', text: 'Nothing more.'})),
				},
				{
					when: systemSays('your role: writer'),
					reply: () => ({blocks: [], fault: {status: 400, message: sayUpTo('vendor refusal', 300)}}),
				},
			]),
		});

		const home = temporary('home');
		const fleet = openRealFleet(server.url, dir, {}, home);
		const signals: Signal[] = [];
		fleet.engine.subscribe({after: 0}, {onEvents: () => {}, onSignal: signal => void signals.push(signal)});
		const runId = 'run_secrets';
		await fleet.engine.send({
			type: 'run.create',
			runId,
			goal: `Survey this with\n${say('goal')}`,
			settings: fleet.settings,
		});
		const begun = await fleet.until(runId, run => run.agents.some(({assignment}) => assignment.role === 'builder'));
		const builder = begun.agents.find(({assignment}) => assignment.role === 'builder');
		if (builder === undefined) throw new Error('There is no builder.');
		await fleet.engine.send({type: 'agent.message', runId, agentId: builder.id, text: `Use ${say('message')}`});
		const asked = await fleet.until(runId, run =>
			run.requests.some(({ask, status}) => ask.kind === 'question' && status.kind === 'open'),
		);
		const question = asked.requests.find(({ask}) => ask.kind === 'question');
		if (question === undefined) throw new Error('There is no question.');
		const answer = {kind: 'text', text: `None: ${say('message')}`} as const;
		await fleet.engine.send({type: 'request.answer', runId, requestId: question.id, answer});
		await fleet.until(runId, run => run.agents.some(({status}) => status.kind === 'failed'));
		const events = [...fleet.log.after({after: 0, runId})];

		/** Where somebody or something could read them, the files while the database is open with its log. */
		const readable: Record<string, string> = {
			events: JSON.stringify(events),
			signals: Object.values(
				Object.groupBy(signals, signal =>
					signal.type === 'turn.delta'
						? `${signal.turnId}${signal.kind}`
						: signal.type === 'call.output'
							? signal.callId
							: '',
				),
			)
				.map(each => each?.map(signal => ('text' in signal ? signal.text : '')).join('') ?? '')
				.join('\n'),
			transcripts: JSON.stringify(foldTranscript(nothingTold, events)),
		};
		for (const file of filesBelow(home)) readable[`file ${file.slice(home.length)}`] = readFileSync(file, 'latin1');
		for (const {text, turns} of server.requests.filter(({turns}) => turns > 0))
			readable[`request after ${turns} turns ${text.length}`] = text;
		await fleet.close();
		for (const file of filesBelow(home)) readable[`closed ${file.slice(home.length)}`] = readFileSync(file, 'latin1');
		for (const json of [false, true]) {
			readable[`ls ${json}`] = await saidBy(home, json, ls);
			readable[`show ${json}`] = await saidBy(home, json, context => show(context, runId, 0));
			readable[`logs ${json}`] = await saidBy(home, json, context =>
				logs(context, runId, createManualClock(), new AbortController().signal),
			);
		}
		readable['export'] = await saidBy(home, false, context => exportRun(context, runId, '-'));

		expect(Object.keys(readable)).toEqual(expect.arrayContaining(['file /flotilla.db', 'file /flotilla.db-wal']));
		for (const [place, text] of Object.entries(readable)) expect([place, seenIn(text, all)]).toEqual([place, []]);

		// It would mean nothing if they had never been there.
		const marks = new Set(readable['events']?.match(/\[redacted:[\w-]+\]/g));
		expect(marks.size).toBeGreaterThanOrEqual(25);
		const told = {
			goal: events.find(({event}) => event.type === 'run.created'),
			plan: events.find(({event}) => event.type === 'plan.proposed'),
			message: events.find(({event}) => event.type === 'agent.messaged'),
			overload: events.find(({event}) => event.type === 'turn.failed' && event.failure.kind === 'overloaded'),
			refusal: events.find(({event}) => event.type === 'agent.failed'),
			question: events.find(({event}) => event.type === 'request.opened' && event.ask.kind === 'question'),
			answer: events.find(({event}) => event.type === 'request.answered' && event.answer.kind === 'text'),
			report: events.find(({event}) => event.type === 'step.finished'),
			thinking: events.find(
				({event}) => event.type === 'turn.finished' && event.content.some(({type}) => type === 'thinking'),
			),
			command: events.find(({event}) => event.type === 'call.finished' && event.output.includes('exit code 0')),
			names: events.find(({event}) => event.type === 'call.finished' && event.output.includes('names/')),
		};
		for (const [name, event] of Object.entries(told))
			expect([name, JSON.stringify(event)]).toEqual([name, expect.stringContaining('[redacted:')]);
		expect(readable['signals']).toContain('[redacted:');
	}, 120_000);
});

describe('secrets of the environment', () => {
	it('reach neither the commands that agents run, nor anything that is kept or told', async () => {
		const key = 'value-of-the-key-77x';
		const word = 'Zeta mooring "lines" 9';
		const other = 'a-word-of-the-harbour';
		const secrets = [key, word, other, Buffer.from(word).toString('base64').slice(2, -4), encodeURIComponent(word)];
		const dir = temporary('project');
		writeFileSync(
			join(dir, 'notes.txt'),
			`${key}\n${word}\n${JSON.stringify(word)}\n${Buffer.from(word).toString('base64')}\n${encodeURIComponent(word)}\n`,
		);
		// A script, for a command that says so itself is refused. Its own environment, then that of Flotilla.
		writeFileSync(join(dir, 'own.sh'), 'env; tr "\\0" "\\n" < /proc/self/environ; cat notes.txt\n');
		writeFileSync(
			join(dir, 'of-others.sh'),
			'for each in /proc/[0-9]*/environ; do tr "\\0" "\\n" < $each 2>/dev/null; done | grep -a -e HARBOUR -e ANTHROPIC\n',
		);
		const step = {files: [], acceptance: ['Done.'], dependsOn: [], tier: 'haiku', toolBudget: 20};
		const plan = {
			taskType: 'research',
			steps: [{...step, key: 'work', title: 'Look', role: 'builder', objective: 'Look at the environment.'}],
		};
		await using server = await startStandIn({
			script: fleetScript([
				{
					when: ({schema}) => schema !== undefined,
					reply: () => ({blocks: [{type: 'text', text: JSON.stringify(plan)}]}),
				},
				{
					when: ({turns}) => turns === 0,
					reply: () => ({
						blocks: [
							{type: 'tool_use', name: 'run_command', input: {command: 'sh ./own.sh'}},
							{type: 'tool_use', name: 'run_command', input: {command: 'sh ./of-others.sh'}},
							{type: 'tool_use', name: 'read_file', input: {path: 'notes.txt'}},
						],
					}),
				},
			]),
		});
		const home = temporary('home');
		const env = {
			FLOTILLA_HOME: home,
			FLOTILLA_NO_DAEMON: '1',
			ANTHROPIC_BASE_URL: server.url,
			ANTHROPIC_API_KEY: key,
			HARBOUR_PASSWORD: word,
			HARBOUR_TOKEN: other,
		};
		const run = await flotilla(['run', 'Look', '--yes', '--json', '--dir', dir], env);
		const told = [
			run,
			...(await Promise.all(
				[
					['logs', 'last', '--json'],
					['logs', 'last'],
					['show', 'last', '--json'],
					['export', 'last', '-'],
				].map(args => flotilla(args, env)),
			)),
		].map(({stdout, stderr}) => stdout + stderr);
		const kept = filesBelow(home).map(file => readFileSync(file, 'latin1'));
		const asked = server.requests.map(({text}) => text);
		for (const secret of secrets)
			for (const text of [...told, ...kept, ...asked]) expect(text.includes(secret)).toBe(false);
		const own = eventsOf(told[1] ?? '')
			.flatMap(event => (event.type === 'call.finished' ? [event.output] : []))
			.find(output => output.includes('PATH='));
		expect(own).toContain('PATH=');
		expect(own).toContain('[redacted:HARBOUR_PASSWORD]');
		expect(own).toContain('[redacted:ANTHROPIC_API_KEY]');
		expect(own).not.toMatch(/HARBOUR_(?:TOKEN|PASSWORD)=|ANTHROPIC_API_KEY=/);
	}, 120_000);
});
