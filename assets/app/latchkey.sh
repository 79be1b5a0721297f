#!/bin/sh
# The latchkey command, on the app's own runtime: no window and no page, so neither a display nor Chromium's sandbox.
here=$(dirname "$(readlink -f "$0")")
[ -x "$here/latchkey-app" ] || here=/opt/Latchkey
exec "$here/latchkey-app" --no-sandbox --no-zygote --ozone-platform=headless --disable-gpu --disable-software-rasterizer --log-level=3 --command -- "$@"
