#!/bin/sh
# A token from the agent that LATCHKEY_AGENT names, with curl and no latchkey.
set -eu
answer=$(curl --silent --show-error --fail-with-body --unix-socket "$LATCHKEY_AGENT" \
  'http://localhost/v1/token?lasting=600')
printf '%s\n' "$answer" | sed -n 's/.*"access_token":"\([^"]*\)".*/\1/p'
