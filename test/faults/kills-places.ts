/** Where in its work the program can kill itself. */
export const places = [
	/** Before an event is put into the open transaction. */
	'insert',
	/** After a commit, before anybody is told of it and before its effects. */
	'commit',
	/** After an event was told, before its effects. */
	'told',
	/** When a file is written under another name, before it gets its own. */
	'rename',
	/** After that, before the call is known to have ended. */
	'renamed',
	/** Before a command starts, though its call has. */
	'spawn',
	/** As soon as a command has started. */
	'spawned',
] as const;

export type Place = (typeof places)[number];

export const isPlace = (name: string): name is Place => places.some(place => place === name);
