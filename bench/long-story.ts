import {readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {readRunFile, writeRunFile} from '../source/records/run-file.ts';
import {makeProject} from './contest.ts';
import type {OpenEngine} from './open-engine.ts';

/**
 * Gives an engine's home a run that has ended, with an agent of so many events: a survey by the offline model, whose
 * last turn and calls before the report are told again and again. Resolves with the ids of the run and of the agent.
 */
export const importLongStory = async (
	engine: OpenEngine,
	events: number,
): Promise<{readonly runId: string; readonly agentId: string}> => {
	await engine.run('run', 'Survey this project', '--dir', makeProject(), '--offline', '--yes', '--json');
	const runId = /run_[0-9a-z]+/.exec(await engine.run('ls', '--json'))?.[0] ?? '';
	const file = join(engine.home, 'story.jsonl');
	await engine.run('export', runId, file);
	const story = readRunFile(readFileSync(file));
	const {fields: {agentId} = {}} = story.events.findLast(({type}) => type === 'turn.finished') ?? {};
	const first = story.events.findIndex(({type, fields}) => type === 'turn.started' && fields['agentId'] === agentId);
	const next = story.events.findIndex(
		({type, fields}, at) => at > first && type === 'turn.started' && fields['agentId'] === agentId,
	);
	const cycle = story.events.slice(first, next).filter(({fields}) => fields['agentId'] === agentId);
	const times = Math.ceil(events / cycle.length);
	const again = Array.from({length: times}, (_, n) =>
		cycle.map(one => ({
			...one,
			fields: JSON.parse(JSON.stringify(one.fields).replaceAll(/"((?:turn|call)_\w+)"/g, `"$1_${n}"`)),
		})),
	).flat();
	const all = [...story.events.slice(0, next), ...again, ...story.events.slice(next)].map((one, at) => ({
		...one,
		seq: at + 1,
	}));
	const longId = `${story.runId}long` as const;
	const lines = writeRunFile({
		runId: longId,
		goal: story.goal,
		deliverables: [],
		events: () => all.map(one => JSON.parse(JSON.stringify(one).replaceAll(story.runId, longId))),
		lineOf: JSON.stringify,
	});
	writeFileSync(file, [...lines].join(''));
	const said = await engine.run('import', file, '--json');
	if (!said.includes(longId)) throw new Error(`The long run was not imported: ${said}`);
	return {runId: longId, agentId: String(agentId).replace(story.runId, longId)};
};
