import {isDeepStrictEqual} from 'node:util';
import {blocksOf, type ParsedRequest} from '../support/stand-in/parsed-request.ts';
import type {Evidence, Finding} from './invariants-evidence.ts';

const wrongInConversation = ({body}: ParsedRequest): string | undefined => {
	let open: readonly unknown[] = [];
	for (const [at, {role, content}] of body.messages.entries()) {
		if (role !== (at % 2 === 0 ? 'user' : 'assistant')) return `message ${at} is the ${role}'s`;
		const blocks = blocksOf(content);
		const results = blocks.flatMap(block => (block.type === 'tool_result' ? [block['tool_use_id']] : []));
		if (role === 'user' && !isDeepStrictEqual([...results].sort(), [...open].sort()))
			return `message ${at} answers ${results.join(', ')} instead of ${open.join(', ')}`;
		open = blocks.flatMap(block => (block.type === 'tool_use' ? [block['id']] : []));
	}
	return undefined;
};

/** What the vendor would refuse, or an agent would not understand, in what was asked of models. */
export const conversationFindings = ({requests, ledger}: Pick<Evidence, 'requests' | 'ledger'>): readonly Finding[] => [
	...requests.flatMap((request, at): readonly Finding[] => {
		const wrong = wrongInConversation(request);
		return wrong === undefined ? [] : [{rule: 'conversation', words: `in request ${at + 1}, ${wrong}`}];
	}),
	...ledger
		.filter(({status, problem}) => status === 400 && problem !== undefined)
		.map(({n, problem}): Finding => ({rule: 'conversation', words: `request ${n} was refused: ${problem}`})),
];
