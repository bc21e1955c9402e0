import {packetWord} from '../../components/parts/packet-word.ts';
import {stepCostWords} from '../../components/parts/step-costs.ts';
import {stepState} from '../../components/parts/step-state.ts';
import type {Run} from '../domain/run.ts';
import type {Step} from '../domain/step.ts';
import {table} from './table.ts';

const linesOf = (title: string, lines: readonly string[]): readonly string[] =>
	lines.length === 0 ? [] : ['', title, ...lines.map(line => `  ${line}`)];

const outcomeLines = (run: Run, {status}: Step): readonly string[] => {
	switch (status.kind) {
		case 'done': {
			const {packet} = status;
			return [
				...linesOf(
					`Report: ${packetWord(packet)}${packet.reason === undefined ? '' : `, ${packet.reason}`}`,
					packet.summary.split('\n'),
				),
				...linesOf('Findings:', packet.findings),
				...linesOf('Produced:', packet.produced),
				...linesOf('Risks:', packet.risks),
				...linesOf(
					'Checks:',
					(packet.checks ?? []).map(({name, command, outcome}) => `${outcome}: ${name} (${command})`),
				),
			];
		}
		case 'failed':
			return linesOf('Failed:', [status.failure.message]);
		case 'rejected':
		case 'skipped':
			return linesOf('Why:', [status.reason === '' ? 'no reason was given' : status.reason]);
		case 'split':
			return linesOf(
				'Split into:',
				status.into.map(id => run.plan?.steps[id]?.key ?? id),
			);
		case 'proposed':
		case 'held':
		case 'approved':
		case 'working':
			return [];
		default:
			return status satisfies never;
	}
};

/** A step in words. */
export const describeStep = (run: Run, step: Step): string => {
	const names = run.agents.filter(({stepId}) => stepId === step.id).map(({name}) => name);
	const needs = step.dependsOn.map(id => run.plan?.steps[id]?.key ?? id);
	const facts = [
		['run:', run.id],
		['role:', `${step.role} (${step.tier})`],
		['needs:', needs.join(', ') || '-'],
		['agents:', names.join(', ') || '-'],
		['cost:', stepCostWords(run, step)],
	];
	return [
		`${step.key}  ${stepState(run, step).word}  ${step.id}`,
		step.title,
		'',
		table(facts),
		...linesOf('Objective:', step.objective.split('\n')),
		...linesOf('Acceptance:', step.acceptance),
		...linesOf('Files:', step.files),
		...outcomeLines(run, step),
	].join('\n');
};
