// Measures `run` as the benchmark measures LoopBus: a warm-up, then rounds with so many under way; one JSON line for each load.
const second = 1000;

async function load(run, atOnce, milliseconds) {
  const took = [];
  const began = performance.now();
  const end = began + milliseconds;
  await Promise.all(Array.from({ length: atOnce }, async () => {
    while (performance.now() < end) {
      const start = performance.now();
      await run();
      took.push(performance.now() - start);
    }
  }));
  return { perSecond: took.length * second / (performance.now() - began), took };
}

export async function rounds(run) {
  for (const atOnce of process.env.AT_ONCE.split(',').map(Number)) {
    await load(run, atOnce, Number(process.env.WARM_UP_SECONDS) * second);
    const measured = [];
    for (let round = 0; round < Number(process.env.ROUNDS); round++)
      measured.push(await load(run, atOnce, Number(process.env.ROUND_SECONDS) * second));
    const line = JSON.stringify({ atOnce, perSecond: measured.map(round => round.perSecond), milliseconds: measured.flatMap(round => round.took) });
    // Whoever ends the process then must not cut it off.
    await new Promise(written => process.stdout.write(`${line}\n`, written));
  }
}
