"""What three SignalR clients for Python have to see of a hub.

`python.py [CLIENT/TRANSPORT URL MILLISECONDS ASSERTION,…]…` prints a JSON object for each assertion. They
are the same for all; what a client cannot do is left out, with the reason.
"""

import asyncio
import json
import logging
import os
import sys
import threading

import aiosignalr.client
import aiosignalr.errors
import pysignalr.client
from signalrcore.hub_connection_builder import HubConnectionBuilder
from signalrcore.subject import Subject
from signalrcore.types import HttpTransportType

NAMES = {"ws": "WebSockets", "ws-skip": "WebSockets", "sse": "ServerSentEvents", "lp": "LongPolling"}
TOKEN = "a token that nobody else may see"
AT_ONCE = 12
VALUES = [
    None, True, 0, -1.5, 2**53 - 1, "", "\u00e9\u20ac\U00010400\U0010ffff", "\u0000\r\n\u2028\"\\/", "x" * 5_000,
    [], {}, [[[]]], {"a": {"b": [1, {"c": None}]}, "": "empty"},
]


class Failed(Exception):
    """The hub's answer is an error."""


class Pysignalr:
    """WebSockets only, negotiation of version 0; its uploads have no invocationId. It asks for
    the token of its access_token_factory when it is connected already."""

    cannot = set()

    def __init__(self, url, transport, token):
        self.client = pysignalr.client.SignalRClient(url, headers={"Authorization": f"Bearer {token}"} if token else None)
        self.opened, self.closed = asyncio.Event(), asyncio.Event()
        self.client.on_open(self._set(self.opened))
        self.client.on_close(self._set(self.closed))
        self.client.on_error(self._failed)
        self.calls = {}

    @staticmethod
    def _set(event):
        async def fire():
            event.set()
        return fire

    async def _failed(self, message):
        self.calls[message.invocation_id].set_exception(Failed(message.error))

    async def start(self):
        self.running = asyncio.ensure_future(self.client.run())
        opened = asyncio.ensure_future(self.opened.wait())
        await asyncio.wait([self.running, opened], return_when=asyncio.FIRST_COMPLETED)
        opened.done() or self.running.result()

    def on(self, target, handler):
        async def called(arguments):
            return handler(*arguments)
        self.client.on(target, called)

    # its ids are known only once they have been sent
    async def _begun(self, register, future):
        before = set(self.client._invocation_handlers)
        await register
        (mine,) = set(self.client._invocation_handlers) - before or {None}
        self.calls[mine] = future

    async def call(self, target, *arguments):
        future = asyncio.get_running_loop().create_future()

        async def done(message):
            future.done() or future.set_result(message.result)
        await self._begun(self.client.send(target, list(arguments), done), future)
        return await self._lasting(future)

    async def send(self, target, *arguments):
        await self.client.send(target, list(arguments))

    async def stream(self, target, *arguments):
        future, items = asyncio.get_running_loop().create_future(), []

        async def next_item(item):
            items.append(item)

        async def done(_):
            future.set_result(items)
        await self._begun(self.client.stream(target, list(arguments), next_item, done), future)
        return await self._lasting(future)

    async def upload(self, items):
        async with self.client.client_stream("Upload") as stream:
            for item in items:
                await stream.send(item)

    # an answer, unless the client breaks before
    async def _lasting(self, future):
        await asyncio.wait([future, self.running], return_when=asyncio.FIRST_COMPLETED)
        return future.result() if future.done() else self.running.result()

    async def ended(self):
        closed = asyncio.ensure_future(self.closed.wait())
        await asyncio.wait([self.running, closed], return_when=asyncio.FIRST_COMPLETED)
        closed.done() or self.running.result()

    async def stop(self):
        self.running.cancel()


class Signalrcore:
    """Negotiation of version 0, handshake of version 0, `Accept: Text`; threads."""

    cannot = {
        "call without an id": "every call has one",
        "client result": "sends none",
    }

    def __init__(self, url, transport, token):
        options = {"transport": HttpTransportType(NAMES[transport]), "skip_negotiation": transport == "ws-skip"}
        if token:
            options["access_token_factory"] = lambda: token
        self.connection = HubConnectionBuilder().with_url(url, options=options).configure_logging(logging.CRITICAL).build()
        if transport in ("sse", "lp"):
            self.cannot = self.cannot | {name: "its streams race over this transport" for name in ("stream of 5", "upload")}
        if transport == "lp":
            reason = "of records that share an answer it takes one"
            self.cannot = self.cannot | {name: reason for name in ("callbacks in order", "close")}
        self.loop = asyncio.get_running_loop()
        self.opened, self.closed = asyncio.Event(), asyncio.Event()
        self.connection.on_open(lambda: self._soon(self.opened.set))
        self.connection.on_close(lambda: self._soon(self.closed.set))
        self.connection.on_error(self._failed)
        self.calls = {}

    def _soon(self, function, *arguments):
        self.loop.call_soon_threadsafe(function, *arguments)

    def _failed(self, message):
        self._soon(self.calls[message.invocation_id].set_exception, Failed(message.error))

    async def start(self):
        await asyncio.to_thread(self.connection.start)
        await self.opened.wait()

    def on(self, target, handler):
        self.connection.on(target, lambda arguments: self._soon(handler, *arguments))

    async def call(self, target, *arguments):
        future, call_id = self.loop.create_future(), f"call-{len(self.calls)}"
        self.calls[call_id] = future

        def done(message):
            self._soon(future.set_result, message.result)
        await asyncio.to_thread(self.connection.invoke, target, list(arguments), done, call_id)
        return await future

    async def send(self, target, *arguments):
        await asyncio.to_thread(self.connection.send, target, list(arguments))

    async def stream(self, target, *arguments):
        future, items = self.loop.create_future(), []
        callbacks = {"next": items.append, "complete": lambda _: self._soon(future.set_result, items), "error": print}
        # what comes before it has subscribed is lost
        await asyncio.to_thread(lambda: self.connection.stream(target, list(arguments)).subscribe(callbacks))
        return await future

    async def upload(self, items):
        def send():
            subject = Subject()
            self.connection.send("Upload", subject)
            for item in items:
                subject.next(item)
            subject.complete()
        await asyncio.to_thread(send)

    async def ended(self):
        await self.closed.wait()

    async def stop(self):
        # waits for a thread that may wait for ever
        threading.Thread(target=self.connection.stop, daemon=True).start()


class Aiosignalr:
    """Negotiation of version 1; a query would break its negotiation."""

    cannot = {"query": "appends a second ? to it"}

    def __init__(self, url, transport, token):
        self.connection = aiosignalr.client.HubConnection()
        self.closed = asyncio.Event()
        self.connection.on_close = lambda _: self.closed.set()
        self.url, self.transport, self.token = url, transport, token

    async def start(self):
        skips = self.transport == "ws-skip"
        url = self.url.replace("http", "ws", 1) if skips else self.url
        await self.connection.start(url, transports={NAMES[self.transport]}, skip_negotiation=skips,
                                    access_token_factory=self.token and (lambda: self.token))

    def on(self, target, handler):
        self.connection.on(target, handler)

    async def call(self, target, *arguments):
        try:
            return await self.connection.invoke(target, *arguments)
        except aiosignalr.errors.HubException as error:
            raise Failed(str(error)) from error

    async def send(self, target, *arguments):
        await self.connection.send(target, *arguments)

    async def stream(self, target, *arguments):
        return [item async for item in await self.connection.stream(target, *arguments)]

    async def upload(self, items):
        async with self.connection.client_stream("Upload") as stream:
            for item in items:
                await stream.send_item(item)
        equal(stream.result["items"], len(items), "the result")

    async def ended(self):
        await self.closed.wait()

    async def stop(self):
        await self.connection.stop()


CLIENTS = {"pysignalr": Pysignalr, "signalrcore": Signalrcore, "aiosignalr": Aiosignalr}


def equal(seen, expected, what=""):
    if seen != expected:
        raise AssertionError(f"{what and what + ': '}seen {seen!r:.300}, expected {expected!r:.300}")


class Seen(asyncio.Future):
    """The arguments of so many calls."""

    def __init__(self, size):
        super().__init__()
        self.size, self.all = size, []

    def add(self, each):
        self.all.append(each)
        if len(self.all) == self.size:
            self.set_result(self.all)


async def echo(client):
    for value in VALUES:
        equal(await client.call("Echo", value), value)


async def unknown_target(client):
    try:
        equal(await client.call("Nobody"), "an error")
    except Failed as error:
        equal("Unknown hub method 'Nobody'" in str(error), True, str(error))
    equal(await client.call("Echo", 1), 1, "afterwards")


async def call_without_an_id(client):
    seen = Seen(1)
    client.on("Echo", seen.add)
    await client.send("Send", "a")
    equal(await seen, ["a"])
    await client.send("Nobody")
    equal(await client.call("Echo", 1), 1, "afterwards")


async def callbacks_in_order(client):
    seen = Seen(20)
    client.on("Echo", seen.add)
    for n in range(20):
        await client.send("Send", n)
    equal(await seen, list(range(20)))


async def client_result(client):
    client.on("Ask", lambda value: {"asked": value})
    equal(await client.call("Ask", 1), {"asked": 1})


async def stream_of_5(client):
    equal(await client.stream("Count", 5, 50), [1, 2, 3, 4, 5])


async def upload(client):
    await client.upload(["a", {"b": 1}])
    equal(await client.call("Echo", 1), 1, "afterwards")


# signalrcore takes a ping of the WebSocket for text of the hub
async def silence(client):
    await asyncio.sleep(3)
    equal(await client.call("Echo", 1), 1, "afterwards")


async def close(client):
    await client.send("Close", None, False)
    await client.ended()


async def report(client):
    seen = await client.call("Report")
    equal(seen["transport"], NAMES[client.name])
    equal(TOKEN in json.dumps(seen), False, "the report shows the token")
    firsts = [request["first"] for request in seen["requests"] if request["request"] != "negotiate"]
    lengths = [field.get("length") for first in firsts for field in first["headers"] if field["name"].lower() == "authorization"]
    equal(set(lengths), {len(f"Bearer {TOKEN}")}, "the length of Authorization")
    client.queried and equal(all("keep-alive=5s" in first["request"] for first in firsts), True, "the query is on every request")


ASSERTIONS = {
    "echo": echo,
    "unknown target": unknown_target,
    "call without an id": call_without_an_id,
    "callbacks in order": callbacks_in_order,
    "client result": client_result,
    "stream of 5": stream_of_5,
    "upload": upload,
    "silence": silence,
    "close": close,
    "report": report,
}


async def check(url, name, transport, patience, assertion):
    wrong = None
    try:
        queried = assertion == "report" and "query" not in CLIENTS[name].cannot
        client = CLIENTS[name](url + "?keep-alive=5s" * queried, transport, TOKEN if assertion == "report" else None)
        client.name, client.queried = transport, queried
        if assertion in client.cannot:
            return

        async def play():
            await client.start()
            await ASSERTIONS[assertion](client)
        await asyncio.wait_for(play(), patience)
    except (TimeoutError, asyncio.TimeoutError):
        wrong = f"seen no end within {patience:.0f} s"
    except Exception as error:  # whatever breaks a client is what is looked for
        wrong = f"{type(error).__name__}: {error}"
    asyncio.ensure_future(client.stop())
    print(json.dumps({"url": url, "client": name, "transport": transport, "assertion": assertion, "wrong": wrong}), flush=True)


async def main(arguments):
    logging.disable(logging.CRITICAL)
    turns = asyncio.Semaphore(AT_ONCE)

    async def in_turn(one):
        async with turns:
            await one
    checks = []
    for run, url, milliseconds, only in zip(*[iter(arguments)] * 4):
        patience = int(milliseconds) / 1_000
        checks += [check(url, *run.split("/"), patience, each) for each in (only.split(",") if only else ASSERTIONS)]
    await asyncio.gather(*map(in_turn, checks))


# signalrcore's, which end with an error
threading.excepthook = lambda _: None
try:
    asyncio.run(main(sys.argv[1:]))
finally:
    sys.stdout.flush()
    # some of them do not end
    os._exit(0)
