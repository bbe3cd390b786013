"""The API custom.metrics.k8s.io with one metric, wsecho_sessions_open of pods.

What a HorizontalPodAutoscaler gets from prometheus-adapter, without a Prometheus: each
request scrapes the pods. Usage: custom-metrics.py CERTIFICATE KEY PORT
"""
import datetime
import http.server
import json
import re
import ssl
import subprocess
import sys
import urllib.parse
import urllib.request

GROUP = "/apis/custom.metrics.k8s.io/v1beta2"
METRIC = "wsecho_sessions_open"
RESOURCES = {"kind": "APIResourceList", "apiVersion": "v1", "groupVersion": GROUP.removeprefix("/apis/"), "resources": [
    {"name": f"pods/{METRIC}", "namespaced": True, "kind": "MetricValueList", "verbs": ["get"]}]}


def pods(namespace, selector):
    command = ["kubectl", "get", "pods", "--namespace", namespace, "--selector", selector, "--output", "json"]
    return [pod for pod in json.loads(subprocess.check_output(command))["items"] if "podIP" in pod["status"]]


def value(pod):
    """Of one that does not answer there is none, as in Prometheus."""
    try:
        with urllib.request.urlopen(f"http://{pod['status']['podIP']}:1902/actuator/prometheus", timeout=2) as response:
            sample = re.search(rf"(?m)^{METRIC} (\S+)$", response.read().decode())
            return str(round(float(sample[1])))
    except OSError:
        return None


def values(namespace, selector):
    now = datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
    for pod in pods(namespace, selector):
        sessions = value(pod)
        if sessions is not None:
            of = {"kind": "Pod", "apiVersion": "v1", "namespace": namespace, "name": pod["metadata"]["name"]}
            yield {"describedObject": of, "metric": {"name": METRIC}, "timestamp": now, "value": sessions}


class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        url = urllib.parse.urlsplit(self.path)
        selector = urllib.parse.parse_qs(url.query).get("labelSelector", [""])[0]
        wanted = re.fullmatch(rf"{GROUP}/namespaces/([^/]+)/pods/\*/{METRIC}", urllib.parse.unquote(url.path))
        if wanted:
            self.answer(200, {"kind": "MetricValueList", "apiVersion": RESOURCES["groupVersion"], "metadata": {},
                              "items": list(values(wanted[1], selector))})
        elif url.path == GROUP:
            self.answer(200, RESOURCES)
        else:
            self.answer(404, {"kind": "Status", "apiVersion": "v1", "status": "Failure", "code": 404})

    def answer(self, status, body):
        content = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
context.load_cert_chain(sys.argv[1], sys.argv[2])
server = http.server.ThreadingHTTPServer(("", int(sys.argv[3])), Handler)
server.socket = context.wrap_socket(server.socket, server_side=True)
server.serve_forever()
