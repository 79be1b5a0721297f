#!/bin/sh
# The latchkey command, on the app's own runtime: no window and no page.
here=$(dirname "$(readlink -f "$0")")
exec "$here/../../MacOS/Latchkey" --no-sandbox --disable-gpu --log-level=3 --command -- "$@"
