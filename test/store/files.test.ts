import {describe, expect, test} from 'vitest';
import {linesOfPart} from '../../components/panes/file-lines.ts';
import type {Stamped} from '../../source/domain/event.ts';
import {evolve} from '../../source/domain/evolve.ts';
import type {Run} from '../../source/domain/run.ts';
import {createFileReader, type FileFeed} from '../../store/file-reader.ts';
import {fileRows, fileSums} from '../../store/file-rows.ts';
import {createFileUses} from '../../store/file-use.ts';
import {fileCalls} from '../support/file-calls.ts';
import {makeEvents} from '../support/make-run.ts';
import {createMemoryFleet} from '../support/memory-fleet.ts';

const history: readonly Stamped[] = (() => {
	const made = makeEvents({steps: 3});
	const last = made.at(-1);
	if (last === undefined) throw new Error('The made run has events.');
	return [...made, ...fileCalls.map((event, i) => ({...last, seq: last.seq + 1 + i, event}))];
})();

const told = () => {
	const files = createFileUses();
	let run: Run | undefined;
	for (const stamped of history) {
		files.event(stamped);
		run = evolve(run, stamped);
	}
	return {files, run};
};

const dir = '/home/ada/harbour';

describe('the files of a run', () => {
	test('are told by what calls touched, not by what they meant to', () => {
		const uses = told()
			.files.uses()
			.filter(({agentId, how}) => agentId === 'agent_made01_3' && how !== 'read');
		expect(uses.map(({path, how}) => [path.replace(`${dir}/`, ''), how])).toEqual([
			['pier.ts', 'written'],
			['pier.ts', 'written'],
			['depth.ts', 'written'],
			['lost.ts', 'maybe'],
			['', 'command'],
		]);
		expect(uses[0]).toMatchObject({lines: {added: 2, removed: 1}, bytes: undefined, isNew: false});
		expect(uses[2]).toMatchObject({lines: {added: 1, removed: 0}, bytes: 24, isNew: true});
		// What was never shown line by line is not counted.
		expect(uses[3]).toMatchObject({lines: undefined, bytes: 24});
	});

	test('are listed by agent, those that changed some first, though others began before', () => {
		const {files, run} = told();
		const agents = fileRows(run, fileSums(files.uses(), 'agent')).flatMap(row =>
			row.kind === 'agent' ? [row.agentId] : [],
		);
		expect(agents.length).toBeGreaterThan(1);
		expect(agents[0]).toBe('agent_made01_3');
	});

	test('are listed by agent, changes first, and once each over all', () => {
		const {files, run} = told();
		const byAgent = fileRows(run, fileSums(files.uses(), 'agent')).filter(row => row.kind !== 'agent');
		const writer = byAgent.filter(row => 'target' in row && row.target.agentId === 'agent_made01_3');
		expect(writer.map(row => ('target' in row ? row.target.path.replace(`${dir}/`, '') : ''))).toEqual([
			'pier.ts',
			'depth.ts',
			'lost.ts',
			'',
			'source/harbour.ts',
		]);
		const pier = fileRows(run, fileSums(files.uses(), 'file')).find(
			row => row.kind === 'file' && row.target.path === `${dir}/pier.ts`,
		);
		expect(pier).toMatchObject({written: 2, read: 1, lines: {added: 3, removed: 2}});
		expect(pier).toMatchObject({agentIds: ['agent_made01_2', 'agent_made01_3']});
		const lost = fileRows(run, fileSums(files.uses(), 'file')).find(row => row.kind === 'file' && row.unsure > 0);
		expect(lost).toMatchObject({lines: undefined});
	});

	test('that only a report names are told apart from those that are known to be written', () => {
		const {files, run} = told();
		const step = Object.values(run?.plan?.steps ?? {}).find(({status}) => status.kind === 'done');
		if (run?.plan === undefined || step?.status.kind !== 'done') throw new Error('A step of the made run is done.');
		const packet = {...step.status.packet, produced: ['pier.ts', 'map.md']};
		const steps = {...run.plan.steps, [step.id]: {...step, status: {...step.status, packet}}};
		const rows = fileRows({...run, plan: {...run.plan, steps}}, fileSums(files.uses(), 'file'));
		expect(rows.filter(({kind}) => kind === 'reported')).toMatchObject([{path: 'map.md'}]);
	});

	test('are the same list as long as nothing was done to any', () => {
		const {files} = told();
		expect(files.uses()).toBe(files.uses());
	});
});

describe('a file that is looked at', () => {
	test('says what could not be read, and reads it with the next use', async () => {
		const {files} = told();
		const {port, run} = createMemoryFleet(history);
		let fails = true;
		const ask = port.history;
		const reader = createFileReader(
			{...port, history: query => (fails ? Promise.reject(new Error('the disk is gone')) : ask(query))},
			run().id,
			() => {},
		);
		const settle = async (): Promise<void> => {
			for (let i = 0; i < 50; i++) await Promise.resolve();
		};
		const all = files.uses();
		reader.open({path: `${dir}/pier.ts`, agentId: undefined}, all);
		await settle();
		expect(reader.feed()?.parts.map(({problem}) => problem)).toEqual(Array(3).fill('the disk is gone'));
		const [part] = reader.feed()?.parts ?? [];
		expect(part && linesOfPart(part)).toMatchObject([{text: 'The history could not be read: the disk is gone'}]);
		fails = false;
		reader.follow([...all]);
		await settle();
		expect(reader.feed()?.parts[0]?.output).toContain('const rope = 2;');
	});

	test('has each use with what the history says of it, and takes up what is done later', async () => {
		const {files} = told();
		const fleet = createMemoryFleet(history);
		let changes = 0;
		const reader = createFileReader(fleet.port, fleet.run().id, () => {
			changes++;
		});
		const settled = async (): Promise<FileFeed | undefined> => {
			const before = changes;
			for (let i = 0; i < 50 && (changes === before || reader.feed()?.loading); i++) await Promise.resolve();
			return reader.feed();
		};
		const all = files.uses();
		reader.open({path: `${dir}/pier.ts`, agentId: undefined}, all.slice(0, -4));
		expect(reader.feed()).toMatchObject({loading: true});
		const first = await settled();
		expect(first?.parts.map(({use}) => use.how)).toEqual(['read', 'written']);
		expect(first?.parts[0]?.output).toContain('const rope = 2;');
		expect(first?.parts[1]?.preview?.title).toBe('Edit pier.ts (+2 −1)');
		reader.follow(all);
		const second = await settled();
		expect(second?.parts).toHaveLength(3);
		expect(second?.parts[0]).toBe(first?.parts[0]);
		reader.open(undefined, all);
		expect(reader.feed()).toBeUndefined();
	});
});
