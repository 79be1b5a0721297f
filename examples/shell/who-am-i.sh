#!/bin/sh
# Whose login this is: asks the service with a token that lasts as long as the script may run.
set -eu

token=$(latchkey token --lasting 10m)

# The header comes from standard input: arguments can be read by every user of the machine.
printf 'header = "Authorization: Bearer %s"\n' "$token" |
  curl --silent --show-error --fail --config - \
    --header 'anthropic-beta: oauth-2025-04-20' \
    "${LATCHKEY_API_URL:-https://api.anthropic.com}/api/oauth/profile"
