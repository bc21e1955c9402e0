import type {Assignment, Brief} from '../domain/agent.ts';
import {material} from '../domain/material.ts';
import type {Packet} from '../domain/packet.ts';

const list = (items: readonly string[]): string => items.map(item => `- ${item}`).join('\n');

const part = (title: string, items: readonly string[]): readonly string[] =>
	items.length === 0 ? [] : [`${title}:\n${list(items)}`];

const packetText = ({status, summary, findings, produced, risks}: Packet): string =>
	[
		`Status: ${status}`,
		summary,
		...part('Findings', findings),
		...part('Files written', produced),
		...part('Risks', risks),
	].join('\n\n');

const briefText = (brief: Brief): string => {
	switch (brief.kind) {
		case 'packet':
			return material(`step ${brief.key}: ${brief.title}`, packetText(brief.packet));
		case 'rejected':
			return `The step "${brief.title}" (${brief.key}) was taken out by the person and will not be done. ${
				brief.reason.trim() === '' ? 'No reason was given.' : `The reason: ${brief.reason}`
			} Do without it, and do not do it yourself.`;
		default:
			return brief satisfies never;
	}
};

/** The first user message of an agent: its whole assignment, with what the steps before it found. */
export const briefOf = ({
	kind,
	title,
	objective,
	acceptance,
	files,
	briefs,
	maxTurns,
	toolBudget,
}: Assignment): string =>
	[
		kind === 'task' ? '# A task from the person' : `# Your ${kind === 'part' ? 'part' : 'step'}: ${title}`,
		objective,
		...part('It is done when', acceptance),
		...part('Files it is about', files),
		`You have at most ${toolBudget} tool calls in at most ${maxTurns} turns.`,
		...(briefs.length === 0 ? [] : ['# What the steps before yours reported', ...briefs.map(briefText)]),
	].join('\n\n');
