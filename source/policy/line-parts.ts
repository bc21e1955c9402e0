import type {ShellPart} from '../domain/shell-part.ts';
import {gradeLine} from './command-risk.ts';
import type {ShellCommand} from './shell-line.ts';

const textOf = ({words, redirects}: ShellCommand): string =>
	[...words.map(({text}) => text), ...redirects.flatMap(({writes, target}) => [writes ? '>' : '<', target.text])].join(
		' ',
	);

/**
 * The commands of a line of bash for the eyes of a person who is asked about it: what only reads, what acts, what
 * nobody can foresee. A call that is asked about was weighed before, with all that is known of its surroundings; here
 * commands are taken to be confined, so that nothing is marked as denied that was in truth only asked about.
 */
export const linePartsOf = (
	line: string,
	folders: {readonly root: string; readonly outputs: string},
): readonly ShellPart[] => {
	const {risk, commands} = gradeLine(line, {...folders, isConfined: true});
	const parts = commands
		// What does nothing but run others is told of by those.
		.filter(({command, risk: own}) => own !== undefined || command.standing !== 'carrier')
		.map(
			({command, onlyReads, risk: own}): ShellPart => ({
				text: textOf(command),
				words: command.words.map(({text}) => text),
				does: own?.kind ?? (onlyReads ? 'reads' : 'acts'),
				why: own?.words ?? '',
			}),
		)
		.filter(({text, does}) => text !== '' && !(text.startsWith('<') && does === 'reads'));
	const isTold = risk === undefined || parts.some(({why}) => why === risk.words);
	return isTold ? parts : [...parts, {text: '', words: [], does: risk.kind, why: risk.words}];
};
