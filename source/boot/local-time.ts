import {clockTime} from '../../components/parts/clock-time.ts';

/** A moment, `2026-11-21 09:04:31`, in the person's own time zone, as the window tells times. `at` is ms since 1970. */
export const localTime = (at: number): string => {
	const date = new Date(at);
	const [month, day] = [date.getMonth() + 1, date.getDate()].map(part => String(part).padStart(2, '0'));
	return `${date.getFullYear()}-${month}-${day} ${clockTime(at)}`;
};
