import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {PassThrough} from 'node:stream';
import {describe, expect, it, onTestFinished} from 'vitest';
import {createFrameLoop} from '../../components/frame-loop.ts';
import {createPainter} from '../../components/painter.ts';
import {logLine} from '../../components/panes/log-line.ts';
import {createTheme} from '../../components/theme.ts';
import {createEventLog} from '../../db/event-log.ts';
import {openDatabase} from '../../db/open.ts';
import {askInTerminal} from '../../source/boot/ask-in-terminal.ts';
import {createContext} from '../../source/boot/context.ts';
import {jsonText} from '../../source/boot/json-text.ts';
import {parseArguments} from '../../source/boot/parse-arguments.ts';
import {runHeadless} from '../../source/boot/run-headless.ts';
import {complain, print, type Terminal} from '../../source/boot/terminal.ts';
import {logs} from '../../source/boot/verbs/logs.ts';
import {ls} from '../../source/boot/verbs/ls.ts';
import {replay} from '../../source/boot/verbs/replay.ts';
import {show} from '../../source/boot/verbs/show.ts';
import type {Stamped} from '../../source/domain/event.ts';
import {evolve} from '../../source/domain/evolve.ts';
import {openRequests, type Run, summarize} from '../../source/domain/run.ts';
import {createFleetStore} from '../../store/fleet-store.ts';
import {createWindow} from '../../store/window.ts';
import {makeEvents} from '../support/make-run.ts';
import {createManualClock} from '../support/manual-clock.ts';
import {createMemoryFleet} from '../support/memory-fleet.ts';
import {createRobot} from '../support/robot.tsx';
import {brand, payloads, unended} from './terminal-payloads.ts';

/** What no terminal may be given: controls but the newline, what turns or hides signs, halves of a sign. */
const acting = /(?![\n\u200c\u200d])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Default_Ignorable_Code_Point}]/u;

/** Fields in which models, tools, files, vendors and persons speak. */
const spoken = new Set([
	...[
		'goal',
		'title',
		'objective',
		'text',
		'output',
		'message',
		'reason',
		'summary',
		'body',
		'question',
		'rule',
		'key',
	],
	...['acceptance', 'files', 'findings', 'produced', 'risks', 'choices', 'problems', 'problem', 'tried', 'command'],
	...['path', 'taskType', 'pattern', 'host', 'instructions', 'dir', 'outputsDir', 'id', 'label', 'grant', 'name'],
]);
const isId = /^(?:run|step|agent|turn|call|request|message)_/;

/** Puts a text into whatever is spoken. */
const saying = (given: unknown, hostile: string, field = ''): unknown => {
	if (typeof given === 'string') return spoken.has(field) && !isId.test(given) ? `${given} ${hostile} end` : given;
	if (Array.isArray(given)) return given.map(item => saying(item, hostile, field));
	if (typeof given !== 'object' || given === null) return given;
	return Object.fromEntries(Object.entries(given).map(([name, value]) => [name, saying(value, hostile, name)]));
};

const hostileEvents = (events: readonly Stamped[], hostile: string): readonly Stamped[] =>
	// Only strings have changed, and none that the types tell apart.
	events.map(stamped => ({...stamped, event: saying(stamped.event, hostile) as Stamped['event']}));

const working = makeEvents({agents: 14});
const proposed = makeEvents({stage: 'proposed'});

const inGroups = (items: readonly string[], size: number): readonly string[] =>
	Array.from({length: Math.ceil(items.length / size)}, (_, i) => items.slice(i * size, (i + 1) * size).join(' and '));
const ended = payloads.filter(payload => !unended.includes(payload));
/** Every payload once; those that would swallow their neighbours stand alone. */
const groups = [...inGroups(ended, 20), ...unended];

/** A terminal that keeps what it is given. */
const recording = () => {
	const written = {out: '', err: ''};
	const sink = (to: 'out' | 'err') =>
		Object.assign(new PassThrough(), {
			write: (chunk: string) => {
				written[to] += chunk;
				return true;
			},
		});
	const stdin = new PassThrough();
	// Of the streams of a process only what commands use of them.
	const terminal = {stdin, stdout: sink('out'), stderr: sink('err'), interactive: false} as unknown as Terminal;
	return {terminal, stdin, written};
};

const expectCalm = (place: string, text: string): void => {
	const at = acting.exec(text)?.index;
	expect(at === undefined ? place : `${place}: ${JSON.stringify(text.slice(Math.max(0, at - 60), at + 20))}`).toBe(
		place,
	);
};

const flagsOf = (json: boolean) => parseArguments(json ? ['ls', '--json'] : ['ls'], '0').flags;

describe('what acts on a terminal', () => {
	it('comes in more than 200 forms here, and each of them would act', () => {
		expect(new Set(payloads).size).toBeGreaterThan(200);
		for (const payload of payloads) expect(payload).toMatch(acting);
	});

	it('is never printed, in words or as JSON, and JSON still says exactly the same', () => {
		for (const payload of payloads) {
			const {terminal, written} = recording();
			const text = `before ${payload} after\n\tsecond ${payload}`;
			print(terminal, text);
			complain(terminal, text);
			expectCalm('print', written.out);
			expectCalm('complain', written.err);
			for (const form of ['line', 'page'] as const) {
				const json = jsonText({[text]: [text]}, form);
				expectCalm(form, json);
				expect(json).not.toMatch(/[\u200c\u200d]/);
				expect(JSON.parse(json)).toEqual({[text]: [text]});
			}
		}
	});
});

const follow = async (events: readonly Stamped[], json: boolean): Promise<string> => {
	const {terminal, written} = recording();
	const fleet = createMemoryFleet(events);
	const abort = new AbortController();
	const followed = runHeadless({
		port: fleet.port,
		runId: fleet.run().id,
		terminal,
		json,
		mayAsk: false,
		after: 0,
		clock: {...createManualClock(), now: () => fleet.run().lastEventAt},
		abort: abort.signal,
	});
	abort.abort();
	await followed;
	return written.out;
};

describe('a run without a window', () => {
	it('tells its events without passing on anything that acts', async () => {
		for (const group of groups)
			for (const events of [working, proposed])
				for (const json of [true, false]) {
					const told = await follow(hostileEvents(events, group), json);
					expect(told.split('\n').length).toBeGreaterThan(3);
					expectCalm(`run ${json ? '--json' : ''}`, told);
				}
	});

	it('is listed, shown, logged and replayed so, from the database too', async () => {
		const home = mkdtempSync(join(tmpdir(), 'flotilla-escapes-'));
		onTestFinished(() => rmSync(home, {recursive: true, force: true}));
		const log = createEventLog(openDatabase(join(home, 'flotilla.db')));
		for (const [i, group] of groups.entries()) {
			const runId = `run_hostile${String(i).padStart(3, '0')}` as const;
			const events = hostileEvents(makeEvents({runId, agents: 14}), group);
			let run: Run | undefined;
			for (const stamped of events) run = evolve(run, stamped);
			if (run === undefined) throw new Error('There are no events.');
			log.append(events, [summarize(run)]);
		}
		log.close();
		for (const json of [true, false]) {
			const said = async (tell: (context: ReturnType<typeof createContext>) => unknown): Promise<string> => {
				const {terminal, written} = recording();
				await tell(createContext(flagsOf(json), terminal, {FLOTILLA_HOME: home}, {}, '0'));
				expect(written.out.length).toBeGreaterThan(100);
				return written.out + written.err;
			};
			expectCalm('ls', await said(ls));
			for (const i of groups.keys()) {
				const name = `hostile${String(i).padStart(3, '0')}`;
				expectCalm('show', await said(context => show(context, name, 0)));
				expectCalm(
					'logs',
					await said(context => logs(context, name, createManualClock(), new AbortController().signal)),
				);
			}
			const {terminal, written} = recording();
			await replay(
				createContext(flagsOf(json), terminal, {FLOTILLA_HOME: home}, {}, '0'),
				'hostile000',
				createManualClock(),
			);
			expectCalm('replay', written.out);
		}
	});

	it('asks its questions so, each on lines that cannot pass for others', async () => {
		for (const group of groups)
			for (const events of [working, proposed]) {
				const fleet = createMemoryFleet(hostileEvents(events, group));
				for (const request of openRequests(fleet.run())) {
					const {terminal, stdin, written} = recording();
					const asked = askInTerminal(
						terminal,
						fleet.run(),
						request,
						fleet.run().lastEventAt,
						new AbortController().signal,
					);
					stdin.end();
					await asked;
					// What the line editor adds itself is to draw the line it reads.
					expectCalm(`ask ${request.ask.kind}`, (written.out + written.err).replaceAll(/\u001b\[\d*[GJK]|\r/g, ''));
					const questions = written.err.match(/^(?:Allow it\?|Approve it\?)/gm)?.length ?? 0;
					expect(questions).toBeLessThanOrEqual(1);
				}
			}
	});
});

const sgr = /\u001b\[[\d;]*m/g;

/** A link as the program writes it, and the end of one. */
const ownLink = /\u001b\]8;id=[a-z\d]+;https?:\/\/[!-~]+\u0007|\u001b\]8;;\u0007/g;

/** An address of the web, to which a terminal is told the way: nothing that stands beside it may come along. */
const address = 'https://own.example/x';

/** A window over a history, drawn without a terminal. */
const openHostileWindow = (events: readonly Stamped[], columns: number, rows: number) => {
	const fleet = createMemoryFleet(events);
	const clock = createManualClock(fleet.run().lastEventAt + 1000);
	const store = createFleetStore({
		port: fleet.port,
		runId: fleet.run().id,
		describe: logLine,
		schedule: call => void clock.after(100, call),
		soon: clock.soon,
	});
	store.flush();
	const window = createWindow({port: fleet.port, fleet: store, now: clock.now, after: clock.after, onQuit: () => {}});
	const loop = createFrameLoop({
		window,
		paint: createPainter({theme: createTheme({color: true, links: true}), reducedMotion: true}),
		after: clock.after,
		now: clock.now,
		reducedMotion: true,
		columns,
		rows,
	});
	return {
		fleet,
		press: async (name: string) => {
			window.press([{name, text: name.length === 1 ? name : ''}]);
			for (let i = 0; i < 6; i++) await Promise.resolve();
			clock.advance(200);
			for (let i = 0; i < 6; i++) await Promise.resolve();
		},
		drawn: () => loop.screen().layers.map(({text}) => text),
		close: () => {
			loop.stop();
			store.close();
		},
	};
};

/** Through every pane, dialog and list; the first of each row of keys begins at the panes. */
const ways: readonly (readonly string[])[] = [
	['1', 'G', 'enter', 'G', 'esc', 'e', 'tab', 'tab', 'tab', 'esc', 'esc'],
	['1', 'g', 'enter', 'esc', 'space', 'esc', 'x', 'esc'],
	['2', 'g', 'enter', 'u', 'g', 'G', '/', 'e', 'n', 'd', 'enter', 'n', 'esc', 'esc'],
	['2', 'G', 'enter', 'g', 'esc', 'm', 'esc', 'K', 'esc', 'e', 'esc', 'F', 'esc'],
	['3', 'v', 'g', 'G', '/', 'e', 'enter', 'esc'],
	['4', '?', 'G', 'esc', 'b', 'esc', 'n', 'esc'],
	['w', 'j', 'j', 'j', 'd', 'esc', 'esc', 'w', 'enter', 'esc', 'esc'],
];

describe('the window', () => {
	it('draws nothing that acts, in any pane or dialog', async () => {
		for (const [i, group] of groups.entries()) {
			const said = `${address}${group} ${address}`;
			const window = openHostileWindow(hostileEvents(i % 3 === 2 ? proposed : working, said), 150, 45);
			const run = window.fleet.run();
			for (const {id, turn} of run.agents)
				if (turn !== undefined)
					for (const kind of ['text', 'thinking', 'tool_input'] as const)
						window.fleet.signal({
							type: 'turn.delta',
							runId: run.id,
							agentId: id,
							turnId: turn.id,
							kind,
							text: `live ${group}`,
						});
			const seen = new Set<string>();
			let links = 0;
			for (const key of ways.flat()) {
				await window.press(key);
				for (const text of window.drawn()) {
					if (seen.has(text)) continue;
					seen.add(text);
					expect(text.match(sgr)?.filter(code => code.includes(brand)) ?? []).toEqual([]);
					const bare = text.replaceAll(sgr, '').replaceAll(ownLink, '');
					expectCalm(`after ${key}, payloads ${JSON.stringify(group)}`, bare);
					for (const line of text.split('\n')) {
						const codes = line.match(ownLink) ?? [];
						links += codes.length;
						expect(codes.findIndex((code, at) => (code === '\u001b]8;;\u0007') !== (at % 2 === 1))).toBe(-1);
						expect(codes.length % 2).toBe(0);
					}
				}
			}
			expect(seen.size).toBeGreaterThan(20);
			expect(links).toBeGreaterThan(20);
			window.close();
		}
	}, 240_000);

	it.each([false, true])(
		'writes only its own sequences to the terminal (screen reader: %s)',
		async screenReader => {
			const written: string[] = [];
			for (const hostile of ['plain 港', ended.join(' '), unended.join(' '), ...unended.slice(4, 9)]) {
				const fleet = createMemoryFleet(hostileEvents(working, `${address} ${hostile}`));
				const clock = createManualClock(fleet.run().lastEventAt + 1000);
				const robot = createRobot({
					port: fleet.port,
					runId: fleet.run().id,
					clock,
					columns: 150,
					rows: 45,
					screenReader,
				});
				await robot.sees('flotilla');
				await robot.press('1', 'enter', 'esc', 'esc', '2', 'enter', 'esc', '3', 'w', 'esc');
				await robot.leave();
				written.push(robot.written());
			}
			const sequencesOf = (text: string): readonly string[] =>
				text.match(/\u001b(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)?|[ -/]*[0-~])/g) ?? [];
			/** Sequences without their numbers. */
			const kindsOf = (text: string): ReadonlySet<string> =>
				new Set(sequencesOf(text).map(sequence => sequence.replaceAll(/[\d;]+/g, 'n')));
			const own = kindsOf((written[0] ?? '').replaceAll(ownLink, ''));
			expect(own.size).toBeGreaterThan(3);
			expect(written.join('').search(ownLink) >= 0).toBe(!screenReader);
			for (const all of written) {
				// The second is left over of a sequence that was taken apart, and is seen as text like any other.
				const addresses = (all.match(ownLink) ?? []).flatMap(code => /https?:[^\u0007]+/.exec(code)?.[0] ?? []);
				expect(addresses.filter(link => link !== address && link !== `http://${brand}`)).toEqual([]);
				const text = all.replaceAll(ownLink, '');
				expect([...kindsOf(text)].filter(kind => !own.has(kind))).toEqual([]);
				expect(sequencesOf(text).filter(sequence => sequence.includes(brand))).toEqual([]);
				const bare = text
					.replaceAll(/\u001b\[[0-?]*[ -/]*[@-~]|\u001b\][^\u0007\u001b]*(?:\u0007|\u001b\\)/g, '')
					.replaceAll('\r', '');
				expectCalm('the terminal', bare);
			}
		},
		120_000,
	);
});
