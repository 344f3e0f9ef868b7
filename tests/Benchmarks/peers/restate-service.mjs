// The handler that Restate calls; tells its parent the port that it listens on.
import http2 from 'node:http2';

// The SDK wants a later Node than 20, for this alone.
Promise.withResolvers ??= function () {
  let resolve, reject;
  const promise = new Promise((done, failed) => { resolve = done; reject = failed; });
  return { promise, resolve, reject };
};

const restate = await import('@restatedev/restate-sdk');
const bench = restate.service({
  name: 'bench',
  handlers: {
    five: async (context, value) => {
      for (const step of ['one', 'two', 'three', 'four', 'five'])
        value = await context.run(step, async () => value);
      return value;
    },
  },
});
const server = http2.createServer(restate.createEndpointHandler({ services: [bench] }));
server.listen(0, '127.0.0.1', () => process.send(server.address().port));
