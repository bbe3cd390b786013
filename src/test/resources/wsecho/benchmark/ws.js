// An echo on Node's ws, if it is installed where Node finds it (NODE_PATH).
const { WebSocketServer } = require('ws')
const server = new WebSocketServer({ host: '127.0.0.1', port: 0, path: '/websocket' })
server.on('listening', () => console.log(`port ${server.address().port}`))
server.on('connection', (socket) => {
  socket.on('error', () => {})
  socket.on('message', (data, binary) => socket.send(data, { binary }))
})
