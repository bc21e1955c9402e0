import {describe, expect, it} from 'vitest';
import {carryDeeds} from '../../source/boot/carry-deeds.ts';
import type {Deed} from '../../source/boot/command-words.ts';
import type {Command, Rejection} from '../../source/domain/command.ts';
import type {Run} from '../../source/domain/run.ts';
import {makeRun} from '../support/make-run.ts';

const run = makeRun({agents: 12});
const runId = run.id;
const gone: Rejection = {code: 'unknown', message: 'There is no such run.'};

const deed = (command: Command | undefined): Deed => ({command, subject: 'it', words: 'Done.'});
const approve: Command = {type: 'plan.approve', runId};
const kill: Command = {type: 'agent.kill', runId, agentId: 'agent_made01_3', reason: ''};
const pause: Command = {type: 'run.pause', runId};
const stop: Command = {type: 'run.stop', runId, reason: ''};

/** An engine that carries the run or not; all that it is told, in order. */
const engine = (carries: boolean) => {
	const told: (Command | 'carry')[] = [];
	let carried = carries;
	return {
		told,
		port: {
			send: async (command: Command) => {
				if (!carried) return gone;
				told.push(command);
				return undefined;
			},
			carry: async (_runId: string, _grounds: unknown, first: readonly Command[]) => {
				carried = true;
				told.push('carry', ...first);
				return undefined;
			},
		},
	};
};

const carry = async (carries: boolean, quiet: boolean, commands: readonly (Command | undefined)[], of: Run = run) => {
	const {told, port} = engine(carries);
	let asked = 0;
	const grounds = async (): Promise<unknown> => {
		asked++;
		return {};
	};
	const carried = await carryDeeds({port, run: of, grounds, quiet}, commands.map(deed));
	return {...carried, told, asked};
};

describe('what is said to a run', () => {
	it('that is carried asks for no keys', async () => {
		expect(await carry(true, false, [approve])).toMatchObject({told: [approve], asked: 0, rejections: [undefined]});
		expect(await carry(true, true, [kill])).toMatchObject({told: [kill], asked: 0, paused: false});
	});

	it('that nobody carries takes it up, once', async () => {
		const {told, asked} = await carry(false, false, [approve, stop]);
		expect(told).toEqual(['carry', approve, stop]);
		expect(asked).toBe(1);
	});

	it('that was set down takes it up without asking first', async () => {
		expect((await carry(true, false, [approve], {...run, suspended: true})).told).toEqual(['carry', approve]);
	});

	it('only takes it up when there is nothing to say', async () => {
		expect((await carry(true, false, [undefined])).told).toEqual(['carry']);
	});
});

describe('what only stops something, said to a run that nobody carries', () => {
	it('starts nothing: the run is paused before', async () => {
		expect(await carry(false, true, [kill])).toMatchObject({told: ['carry', pause, kill], paused: true});
	});

	it('pauses it once when that is all that was said', async () => {
		expect(await carry(false, true, [pause])).toMatchObject({told: ['carry', pause], paused: false});
	});

	it('stops it without a pause', async () => {
		expect(await carry(false, true, [stop])).toMatchObject({told: ['carry', stop], paused: false});
	});

	it('leaves a run paused that is paused', async () => {
		const paused: Run = {...run, suspended: true, status: {kind: 'paused', by: 'budget'}};
		expect(await carry(false, true, [kill], paused)).toMatchObject({told: ['carry', kill], paused: false});
	});
});
