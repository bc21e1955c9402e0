import type {TextFile} from '../workspace/read-text.ts';

/** Why a file cannot be taken as text, and what to do instead. */
export const unreadableWords = (shown: string, file: Exclude<TextFile, {kind: 'text'}>): string => {
	switch (file.kind) {
		case 'binary':
			return `${shown} is not text (${file.bytes} bytes with zero bytes among them). Leave it, or look at it with run_command.`;
		case 'too_large':
			return `${shown} is too large (${file.bytes} bytes). Search it with grep, or look at a part of it with run_command.`;
		case 'folder':
			return `${shown} is a folder. Use list_dir or glob to see what is in it.`;
		case 'special':
			return `${shown} is not a regular file. Leave it.`;
		case 'missing':
			return `${shown} does not exist. Use list_dir or glob to find what is there.`;
		case 'unreadable':
			return `${shown} could not be read (${file.reason}). Work without it, or ask the person.`;
		default:
			return file satisfies never;
	}
};
