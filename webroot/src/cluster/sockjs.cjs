// sockjs-client with the one transport that the controller offers. The others would be 10 kB more.
module.exports = require('sockjs-client/lib/main')([
  require('sockjs-client/lib/transport/websocket'),
])
