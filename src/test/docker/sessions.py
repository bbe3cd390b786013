#!/usr/bin/env python3
"""Sessions by the thousand, for what is measured of the image.

    sessions.py PORT start           waits for the first 101, then opens 1,000 sessions in turn
    sessions.py PORT churn SECONDS   5,000 sessions come and go, 20 others wait for echoes
    sessions.py PORT hold NUMBER     opens as many, echoes, and waits until the server has closed all
    sessions.py PORT flood           clients that never read, one kind after the other; one reads

Everything is bounded in number and time, and goes to 127.0.0.1.
"""
import asyncio
import itertools
import os
import resource
import socket
import sys
import time
import zlib

PORT = int(sys.argv[1])
LIMIT = 60
FIELDS = ('Host: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n'
          'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Extensions: permessage-deflate\r\n\r\n')
addresses = itertools.cycle(f'127.0.0.{n}' for n in range(1, 5))


def request(path):
    return f'GET /websocket{path} HTTP/1.1\r\n{FIELDS}'.encode()


# the mask of zeros is as good as any: nothing lies between
def frame(first, payload):
    length = len(payload)
    head = bytes([length | 0x80]) if length < 126 else b'\xfe' + length.to_bytes(2, 'big')
    return bytes([first]) + head + bytes(4) + payload


CLOSE = frame(0x88, (1000).to_bytes(2, 'big'))


class Session:
    def __init__(self, reader, writer):
        self.reader, self.writer = reader, writer

    @staticmethod
    async def open(path='', buffer=2**16):
        reader, writer = await asyncio.open_connection('127.0.0.1', PORT, limit=buffer, local_addr=(next(addresses), 0))
        writer.write(request(path))
        head = await reader.readuntil(b'\r\n\r\n')
        if not head.startswith(b'HTTP/1.1 101'):
            writer.transport.abort()
            raise ConnectionError(head.split(b'\r\n')[0].decode())
        return Session(reader, writer)

    async def receive(self):
        first, length = await self.reader.readexactly(2)
        return first, await self.reader.readexactly(length)

    async def echo(self):
        began = time.perf_counter()
        self.writer.write(frame(0x82, b'WebSocket rocks'))
        first, payload = await self.receive()
        assert (first, payload) == (0x82, b'WebSocket rocks'), (first, payload)
        return time.perf_counter() - began

    async def close(self):
        self.writer.write(CLOSE)
        while await self.reader.read(1024):
            pass
        self.writer.close()


def shown(times):
    times = sorted(times)
    return ', '.join(f'{name} {times[min(int(len(times) * part), len(times) - 1)] * 1e3:.2f} ms'
                     for name, part in (('p50', .5), ('p99', .99), ('p99.9', .999), ('max', 1)))


def start():
    """Blocking sockets: they cost the one core that is measured the least."""
    def opened():
        connection = socket.create_connection(('127.0.0.1', PORT), timeout=LIMIT)
        connection.sendall(request(''))
        if not connection.recv(1024).startswith(b'HTTP/1.1 101'):
            raise ConnectionError('not 101')
        return connection

    deadline = time.perf_counter() + LIMIT
    while True:
        try:
            opened().close()
            break
        except OSError:
            if time.perf_counter() > deadline:
                raise
            time.sleep(.005)
    print(f'{time.time():.3f} first 101', flush=True)
    times = []
    for _ in range(1000):
        began = time.perf_counter()
        connection = opened()
        times.append(time.perf_counter() - began)
        connection.close()
    print(f'the first 1,000 handshakes: {sum(times):.2f} ms each, {shown(times)}')


async def churn(seconds):
    until = time.perf_counter() + seconds
    waits, gone, held = [], 0, 5000

    async def guest(number):
        nonlocal gone
        await asyncio.sleep(number / held * 10)
        while time.perf_counter() < until:
            session = await Session.open()
            await session.echo()
            await asyncio.sleep(10)
            await session.close()
            gone += 1

    async def watcher():
        session = await Session.open()
        while time.perf_counter() < until:
            waits.append(await session.echo())
            await asyncio.sleep(.02)

    await asyncio.gather(*(guest(n) for n in range(held)), *(watcher() for _ in range(20)))
    print(f'{gone} of 5,000 at a time came and went, {len(waits)} echoes: {shown(waits)}')


async def hold(number):
    sessions = []
    for _ in range(number // 100):
        sessions += await asyncio.gather(*(Session.open() for _ in range(100)))
    waits = [await session.echo() for session in sessions]
    print(f'{len(sessions)} sessions: {shown(waits)}', flush=True)
    codes = {}

    async def closed(session):
        first, payload = await asyncio.wait_for(session.receive(), LIMIT)
        code = int.from_bytes(payload[:2], 'big') if first == 0x88 else first
        codes[code] = codes.get(code, 0) + 1
        await session.close()

    await asyncio.gather(*(closed(session) for session in sessions))
    print(f'closed by the server: {codes}')
    assert codes == {1001: number}, codes


def deflated(payload):
    deflate = zlib.compressobj(9, zlib.DEFLATED, -15)
    return (deflate.compress(payload) + deflate.flush(zlib.Z_SYNC_FLUSH))[:-4]


RANDOM = frame(0x82, os.urandom(60_000))
FLOODS = {
    'echoes that are never read': ('', RANDOM, 100, 500),
    'pushes that are never read': ('/push?every=1ms&size=1MB', b'', 0, 500),
    'replies that are delayed': ('?delay=1m', RANDOM, 20, 500),
    'bombs that are never read': ('?compress=true', frame(0xc2, deflated(bytes(50_000_000))), 2, 500),
    'bombs that are delayed': ('?compress=true&delay=1m', frame(0xc2, deflated(bytes(2_000_000))), 5, 500),
    'compressed sessions': ('?compress=true', frame(0xc2, deflated(os.urandom(30_000))), 1, 2000),
}


async def flood():
    waits, failed = [], 0

    async def watcher():
        session = await Session.open()
        while True:
            waits.append(await asyncio.wait_for(session.echo(), LIMIT))
            await asyncio.sleep(.05)

    async def bad(path, data, times):
        session = await Session.open(path, buffer=1024)
        for _ in range(times):
            session.writer.write(data)
            # what does not go out within 2 s is not wanted
            await asyncio.wait_for(session.writer.drain(), 2)

    good = asyncio.create_task(watcher())
    for name, (path, data, times, number) in FLOODS.items():
        del waits[:]
        tasks = [asyncio.create_task(bad(path, data, times)) for _ in range(number)]
        await asyncio.wait([*tasks, good], timeout=5)
        results = [task.exception() for task in tasks if task.done() and not task.cancelled()]
        refused = sum(isinstance(result, ConnectionError) for result in results)
        print(f'{name}: {number} clients, {refused} refused or cut; the one that reads: {len(waits)} echoes, {shown(waits or [0])}', flush=True)
        if not waits:
            raise SystemExit('the session that reads had no echo')
        if good.done():
            raise SystemExit(f'the session that reads has ended: {good.exception()!r}')
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
    good.cancel()


resource.setrlimit(resource.RLIMIT_NOFILE, (resource.getrlimit(resource.RLIMIT_NOFILE)[1],) * 2)
match sys.argv[2:]:
    case ['start']:
        start()
    case ['churn', seconds]:
        asyncio.run(churn(float(seconds)))
    case ['hold', number]:
        asyncio.run(hold(int(number)))
    case ['flood']:
        asyncio.run(flood())
    case _:
        sys.exit(__doc__)
