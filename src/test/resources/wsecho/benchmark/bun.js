// An echo on Bun's own server.
const server = Bun.serve({
  hostname: '127.0.0.1',
  port: 0,
  fetch: (request, server) => (server.upgrade(request) ? undefined : new Response(null, { status: 404 })),
  websocket: { message: (socket, message) => { socket.send(message) }, perMessageDeflate: false, maxPayloadLength: 1 << 24 }
})
console.log(`port ${server.port}`)
