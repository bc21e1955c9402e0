import {sanitiseLine} from '../../components/text/sanitise.ts';

const cell = (value: string | number | null): string => {
	const text = value === null ? '' : typeof value === 'number' ? String(value) : sanitiseLine(value);
	return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

/** Comma-separated values as RFC 4180 has them, ended by a line break. */
export const csv = (rows: readonly (readonly (string | number | null)[])[]): string =>
	rows.map(row => `${row.map(cell).join(',')}\r\n`).join('');
