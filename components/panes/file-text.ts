import {agentIn, type Run} from '../../source/domain/run.ts';
import type {Taken} from '../../store/facts.ts';
import type {FilePart} from '../../store/file-reader.ts';
import {sanitiseToTake} from '../text/sanitise.ts';
import {type FileLine, linesOfPart} from './file-lines.ts';
import {useWords} from './file-view.ts';

const whats = {read: 'what was read', written: 'the diff', maybe: 'the diff', command: 'the command'} as const;

/** What one call read, without the numbers of the lines, or what it was to do. */
const textOfPart = (part: FilePart): string => {
	const {use, preview, output} = part;
	if (use.how !== 'read') return sanitiseToTake(preview?.body ?? '');
	const numbered = linesOfPart(part).flatMap(line => (line.kind === 'diff' ? [line.written] : []));
	return numbered.length > 0 ? numbered.join('\n') : sanitiseToTake(output ?? '').trimEnd();
};

/** The lines of the hunk that begins at a line, as they are after the change; of one that only removes, what it removes. */
const hunkAt = (lines: readonly FileLine[], at: number): readonly string[] => {
	const rest = lines.slice(at + 1);
	const end = rest.findIndex(line => line.kind !== 'diff' || line.row.kind === 'hunk');
	const rows = (end === -1 ? rest : rest.slice(0, end)).flatMap(line => (line.kind === 'diff' ? [line] : []));
	const kept = rows.filter(({row}) => row.kind === 'added' || row.kind === 'same');
	return (kept.length > 0 ? kept : rows.filter(({row}) => row.kind === 'removed')).map(({written}) => written);
};

/** What stands at a line: the line, or all of the hunk or of the use that begins there. */
export const fileToCopy = (lines: readonly FileLine[], at: number, parts: readonly FilePart[]): Taken | undefined => {
	const line = lines[at];
	if (line === undefined) return undefined;
	switch (line.kind) {
		case 'use': {
			const part = parts.find(({use}) => use === line.use);
			const has = (part?.preview?.body ?? part?.output ?? '') !== '';
			return part === undefined || !has ? undefined : {what: whats[line.use.how], text: () => textOfPart(part)};
		}
		case 'diff':
			return line.row.kind === 'hunk'
				? {what: 'the hunk', text: () => hunkAt(lines, at).join('\n')}
				: {what: 'the line', text: () => line.written};
		case 'note': {
			const {written} = line;
			return written === undefined ? undefined : {what: 'the line', text: () => written};
		}
		default:
			return line satisfies never;
	}
};

/** All that was done to a file as a text: who did what, and below it the diff or what was read. */
export const fileToShow = (run: Run, parts: readonly FilePart[]): string => {
	const told = parts.map(part => {
		const name = agentIn(run, part.use.agentId)?.name ?? part.use.agentId;
		return `# ${name} ${useWords(part.use)}\n${textOfPart(part).trimEnd()}`.trimEnd();
	});
	return sanitiseToTake(`${told.join('\n\n')}\n`);
};
