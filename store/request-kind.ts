import type {Request} from '../source/domain/request.ts';

/** What a request is about, in a word. */
export const requestKindOf = ({ask}: Request): string => {
	switch (ask.kind) {
		case 'call':
			if (ask.preview.format === 'diff' || ask.tool === 'write_file' || ask.tool === 'edit_file') return 'write';
			if (ask.preview.format === 'command') return 'shell';
			return ask.tool === 'fetch_url' ? 'network' : ask.tool;
		case 'budget':
			return 'limit';
		case 'lane':
			return 'provider';
		case 'plan':
		case 'question':
		case 'blocker':
		case 'unknown':
		case 'network':
			return ask.kind;
		default:
			return ask satisfies never;
	}
};
