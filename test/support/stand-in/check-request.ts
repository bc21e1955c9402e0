import {findModel} from '../../../source/providers/catalog.ts';
import {blocksOf, type MessagesBody, type WireBlock} from './parsed-request.ts';
import {signatureOf} from './signature.ts';

const marksMost = 4;

const marksOf = (body: MessagesBody): number =>
	[
		...(body.tools ?? []),
		...blocksOf(body.system),
		...body.messages.flatMap(message => blocksOf(message.content)),
	].filter(value => value.cache_control).length;

const idsOf = (blocks: readonly WireBlock[], type: string, key: string): readonly unknown[] =>
	blocks.filter(block => block.type === type).map(block => block[key]);

/**
 * What the vendor would answer with 400, in its manner of speaking; undefined when the request is fine. These are
 * the rules that a client breaks by mistake: so that a test against the stand-in fails where the vendor would.
 */
export const problemOf = (body: MessagesBody): string | undefined => {
	const {maxOutputTokens} = findModel(body.model);
	if (body.max_tokens === undefined) return 'max_tokens: Field required';
	if (body.max_tokens > maxOutputTokens) return `max_tokens: ${body.max_tokens} > ${maxOutputTokens}`;
	if (marksOf(body) > marksMost)
		return `A maximum of ${marksMost} blocks with cache_control may be provided. Found ${marksOf(body)}.`;
	if (body.messages[0]?.role !== 'user') return 'messages: first message must use the "user" role';
	if (body.messages.at(-1)?.role !== 'user') return 'messages: the conversation must end with a user message';
	let open: readonly unknown[] = [];
	for (const [at, message] of body.messages.entries()) {
		const blocks = blocksOf(message.content);
		if (blocks.length === 0) return `messages.${at}: content must not be empty`;
		if (blocks.some(block => block.type === 'text' && block['text'] === ''))
			return 'messages: text content blocks must be non-empty';
		if (blocks.some(block => block.type === 'thinking' && block['signature'] !== signatureOf(`${block['thinking']}`)))
			return `messages.${at}: Invalid \`signature\` in \`thinking\` block`;
		const results = idsOf(blocks, 'tool_result', 'tool_use_id');
		const missing = open.filter(id => !results.includes(id));
		if (missing.length > 0)
			return `messages.${at}: \`tool_use\` ids were found without \`tool_result\` blocks immediately after: ${missing.join(', ')}`;
		const stray = results.filter(id => !open.includes(id));
		if (stray.length > 0)
			return `messages.${at}: unexpected \`tool_use_id\` found in \`tool_result\` blocks: ${stray.join(', ')}`;
		open = message.role === 'assistant' ? idsOf(blocks, 'tool_use', 'id') : [];
	}
	return undefined;
};
