type Sections = ReadonlyMap<string, ReadonlyMap<string, string>>;

/** As much of TOML and INI as manifests need: sections, and values that may go over several lines. */
export const readSections = (text: string): Sections => {
	const sections = new Map<string, Map<string, string>>();
	let section = new Map<string, string>();
	let key: string | undefined;
	let isOpen = false;
	for (const line of text.split('\n')) {
		const header = /^\[{1,2}([^[\]]+)\]{1,2}\s*(#.*)?$/.exec(line);
		const pair = /^"?([\w.-]+)"?\s*=\s*(.*)$/.exec(line);
		if (isOpen || (key !== undefined && /^\s+\S/.test(line))) {
			section.set(key ?? '', `${section.get(key ?? '') ?? ''}\n${line}`);
			isOpen = isOpen && !/^\s*\]/.test(line);
		} else if (header !== null) {
			const name = (header[1] ?? '').trim();
			section = sections.get(name) ?? new Map();
			sections.set(name, section);
			key = undefined;
		} else if (pair !== null) {
			key = pair[1] ?? '';
			const value = pair[2] ?? '';
			section.set(key, value);
			isOpen = value.startsWith('[') && !value.includes(']');
		}
	}
	return sections;
};
