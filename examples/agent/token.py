# A token from the agent that LATCHKEY_AGENT names, with Python's own library.
import http.client, json, os, socket, sys

connection = http.client.HTTPConnection("localhost")
connection.sock = socket.socket(socket.AF_UNIX)
connection.sock.connect(os.environ["LATCHKEY_AGENT"])
connection.request("GET", "/v1/token?lasting=600")
response = connection.getresponse()
answer = json.load(response)
if response.status != 200:
    sys.exit(f'{answer["title"]}: {answer["detail"]}')
print(answer["access_token"])
