const two = (value: number): string => String(value).padStart(2, '0');

/** The time of day, `09:04:31`, in the person's own time zone. `at` is ms since 1970. */
export const clockTime = (at: number): string => {
	const date = new Date(at);
	return `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
};
