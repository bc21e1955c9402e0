import {material} from '../domain/material.ts';
import {stepsMax} from '../domain/plan.ts';
import type {RunSettings} from '../domain/settings.ts';
import type {Classification} from './classify.ts';
import {pipelineOf} from './templates.ts';

/** What a planner must know of a role. */
export type RoleLine = {readonly aliases: readonly string[]; readonly summary: string};

const roleLine = (name: string, line: RoleLine | undefined): string =>
	line === undefined ? `- ${name}` : `- ${name}: ${line.summary}`;

/** The first user message of the agent that makes the plan. `map` describes the project folder. */
export const planBrief = (order: {
	readonly goal: string;
	readonly settings: RunSettings;
	readonly kind: Classification;
	readonly map: string;
	readonly roles: ReadonlyMap<string, RoleLine>;
}): string => {
	const {goal, settings, kind, map, roles} = order;
	return [
		'# Make the plan of a run',
		`The goal, in the person's words:\n${goal}`,
		`The project folder:\n${material('project map', map)}`,
		`The roles that can carry out steps:\n${Object.keys(settings.roles)
			.map(name => roleLine(name, roles.get(name)))
			.join('\n')}`,
		`This looks like ${kind.taskType} (${kind.why}). Its usual pipeline is ${pipelineOf(kind.taskType, goal).join(' → ')}. Begin from it; leave out what this goal does not need, and split what can be done side by side.`,
		[
			'Limits:',
			`- At most ${stepsMax} steps; most goals need 3 to 8.`,
			`- Up to ${settings.maxParallel} agents work at the same time.`,
			'- A tool budget of 10 does for looking around, 20 for ordinary work, 5 more for each file above three that changes.',
			'- Nobody has access to the web.',
			...(settings.permissionMode === 'plan'
				? [
						'- In this run agents may not change the project or run commands: they read, and write into the outputs folder.',
					]
				: []),
		].join('\n'),
		'Texts for people go into the outputs folder: say so in the objective, with the name of the file. Give at least one acceptance line to every step.',
		'Answer with the plan as one JSON object of the shape that was given, and nothing else.',
	].join('\n\n');
};
