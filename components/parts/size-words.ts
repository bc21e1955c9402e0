/** A size in its largest unit: `840 B`, `1.2 KB`, `3.4 MB`. */
export const sizeWords = (bytes: number): string => {
	if (bytes < 1000) return `${bytes} B`;
	return bytes < 1_000_000 ? `${(bytes / 1000).toFixed(1)} KB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
};
