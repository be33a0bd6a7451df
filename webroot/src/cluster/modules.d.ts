declare module '@vertx/eventbus-bridge-client.js' {
  import type { Bus } from './feed'
  const EventBus: new (url: string, options?: object) => Bus
  export default EventBus
}
