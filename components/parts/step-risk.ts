import type {Run} from '../../source/domain/run.ts';
import type {Step} from '../../source/domain/step.ts';

/** The gravest first. */
const risks: readonly {readonly tools: readonly string[]; readonly words: string}[] = [
	{tools: ['run_command'], words: 'runs commands'},
	{tools: ['write_file', 'edit_file'], words: 'changes files'},
	{tools: ['fetch_url'], words: 'reads from the network'},
];

/** What a step could do by the tools of its role, in words; a role that is not known says nothing. */
export const stepRisk = ({settings: {roles}}: Run, step: Step): string => {
	const tools = roles[step.role]?.tools;
	if (tools === undefined) return '';
	const able = risks.filter(risk => risk.tools.some(tool => tools.includes(tool)));
	return able.length === 0 ? 'only reads' : able.map(({words}) => words).join(', ');
};
