const labels: Readonly<Record<string, string>> = {
	enter: 'Enter',
	esc: 'Esc',
	tab: 'Tab',
	space: 'Space',
	up: '↑',
	down: '↓',
	left: '←',
	right: '→',
	pageup: 'PgUp',
	pagedown: 'PgDn',
	home: 'Home',
	end: 'End',
	backspace: 'Backspace',
	ctrl: 'Ctrl',
	shift: 'Shift',
	alt: 'Alt',
};

/** How a key is written for a person. */
export const keyLabel = (key: string): string =>
	key
		.split('+')
		.map((part, i) => labels[part] ?? (i > 0 ? part.toUpperCase() : part))
		.join('+');
