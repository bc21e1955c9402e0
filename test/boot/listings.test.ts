import {describe, expect, it} from 'vitest';
import {widthOf} from '../../components/text/width.ts';
import {createContext} from '../../source/boot/context.ts';
import {parseArguments} from '../../source/boot/parse-arguments.ts';
import type {Terminal} from '../../source/boot/terminal.ts';
import {agents} from '../../source/boot/verbs/agents.ts';
import {cost} from '../../source/boot/verbs/cost.ts';
import {inbox} from '../../source/boot/verbs/inbox.ts';
import {ls} from '../../source/boot/verbs/ls.ts';
import {show} from '../../source/boot/verbs/show.ts';
import {tasks} from '../../source/boot/verbs/tasks.ts';
import {fillHome} from '../cli/filled-home.ts';
import {fakeTerminal} from './fake-terminal.ts';
import {temporaryFolder} from './temporary-folder.ts';

const now = Date.UTC(2026, 10, 21, 9, 30);
const goal = 'Survey the harbour, say which berths want mending first, and what the mending of each of them would cost';

/** What a listing tells on a terminal of so many columns; a stream that is none has no number of them. */
const listing = (columns: number | undefined) => {
	const home = temporaryFolder();
	fillHome(home, [
		{runId: 'run_1ngveth76t3', steps: 15, agents: 24, goal},
		{
			runId: 'run_1ngveth76t4',
			steps: 15,
			stage: 'proposed',
			goal: '港の桟橋を調べ、どれを先に直すべきか言う。'.repeat(3),
		},
	]);
	return (by?: string) => {
		const {terminal, heard} = fakeTerminal(true);
		const stdout: Terminal['stdout'] = Object.assign(terminal.stdout, {columns});
		const {flags} = parseArguments(by === undefined ? ['ls'] : ['cost', '--by', by], '1.2.3');
		const context = createContext(flags, {...terminal, stdout}, {FLOTILLA_HOME: home}, {}, '1.2.3');
		return {context, lines: () => heard.stdout.trimEnd().split('\n')};
	};
};

const told = (columns: number | undefined): Readonly<Record<string, readonly string[]>> => {
	const open = listing(columns);
	const named = 'run_1ngveth76t3';
	const of = (tell: (context: ReturnType<typeof open>['context']) => unknown, by?: string) => {
		const {context, lines} = open(by);
		tell(context);
		return lines();
	};
	return {
		ls: of(ls),
		agents: of(context => agents(context, named, now)),
		tasks: of(context => tasks(context, named)),
		inbox: of(context => inbox(context, now)),
		'cost of agents': of(context => cost(context, named), 'agent'),
		'cost of steps': of(context => cost(context, named), 'step'),
		'cost of runs': of(context => cost(context, undefined), 'run'),
	};
};

describe('listings', () => {
	it.each([60, 80, 100])('fit a terminal of %i columns', columns => {
		for (const [name, lines] of Object.entries(told(columns)))
			for (const line of lines) expect({name, line, fits: widthOf(line) <= columns}).toMatchObject({fits: true});
	});

	it('say as much of the goal as there is room for, after what a person needs to name a run', () => {
		expect(told(80)['ls']?.[0]).toBe('RUN              STATE        STEPS            COST     FOLDER   GOAL');
		expect(told(120)['ls']?.find(line => line.includes('Survey'))).toMatch(/Survey the harbour, say which .*…$/);
	});

	it('are whole where there is no terminal', () => {
		const {ls: runs, tasks: steps, agents: workers} = told(undefined);
		expect(runs?.join('\n')).toContain(goal);
		expect(steps?.join('\n')).not.toContain('…');
		expect(workers?.[0]).toMatch(/ID$/);
	});

	it('of a whole run fit as well', () => {
		const {context, lines} = listing(80)();
		show(context, 'run_1ngveth76t3', now);
		const tables = lines().filter(line => /^(STEP|AGENT|[a-z]+(-\d+)? +(done|working|waiting|approved))/.test(line));
		expect(tables.length).toBeGreaterThan(10);
		expect(Math.max(...tables.map(widthOf))).toBeLessThanOrEqual(80);
	});
});
