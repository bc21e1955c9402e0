#!/bin/sh
# A whole run without a window: start it, wait for what it asks, read that, say yes, follow it to its end, and collect
# what it cost as CSV.
#
#   examples/whole-run.sh "<goal>" <folder> <where the report goes>
#
# It says yes to the plan, and no to everything else that is asked: what agents may do without asking is in the rules.
set -eu

goal=$1
dir=$2
out=$3
flotilla=${FLOTILLA:-flotilla}

# The value of a JavaScript expression over the JSON on the standard input.
pick() {
	node -e 'const it = JSON.parse(require("fs").readFileSync(0, "utf8")); console.log(eval(process.argv[1]))' "$1"
}

mkdir -p "$out"

# Exit code 4: a person is needed. The run stays with the engine in the background and waits.
code=0
$flotilla run "$goal" --dir "$dir" --json --non-interactive >"$out/begun.ndjson" || code=$?
if [ "$code" -ne 4 ]; then
	echo "The run was to wait for its plan to be approved, and ended with exit code $code." >&2
	exit 1
fi
run=$(head -n 1 "$out/begun.ndjson" | pick it.runId)
seen=$(tail -n 1 "$out/begun.ndjson" | pick it.seq)

# Follow it from the last event that was seen; none is left out, and none comes twice.
$flotilla logs "$run" --json --follow --after "$seen" >"$out/followed.ndjson" &
following=$!

# Read what waits, and answer, until the run is over.
is_over() {
	[ "$($flotilla status "$run" --json | pick '["done", "failed", "stopped"].includes(it.status)')" = true ]
}

until is_over; do
	$flotilla inbox --run "$run" --json >"$out/inbox.json"
	for request in $(pick 'it.requests.map(one => one.id).join(" ")' <"$out/inbox.json"); do
		kind=$(pick "it.requests.find(one => one.id === '$request').kind" <"$out/inbox.json")
		case $kind in
		plan)
			$flotilla tasks "$run"
			$flotilla approve "$request"
			;;
		*) $flotilla deny "$request" --reason "nobody is here to look at it; do without" ;;
		esac
	done
	sleep 0.3
done

wait "$following"
$flotilla cost "$run" --by agent --csv >"$out/cost.csv"
$flotilla status "$run"
