// PouchDB against express-pouchdb in a process of its own: prints documents a second and seconds of small syncs, as JSON.
const { fork } = require("child_process");
const path = require("path");
const [folder, role, count] = process.argv.slice(2);
const PouchDB = require(path.join(process.cwd(), "node_modules/pouchdb"));
const here = PouchDB.defaults({ prefix: path.join(folder, role) + "-" });

function serve() {
  const express = require(path.join(process.cwd(), "node_modules/express"));
  const app = express();
  const made = require(path.join(process.cwd(), "node_modules/express-pouchdb"));
  app.use("/", made(here, { mode: "minimumForPouchDB", configPath: path.join(folder, "config.json"), logPath: path.join(folder, "log") }));
  const listening = app.listen(0, "127.0.0.1", () => process.send(listening.address().port));
}

const words = (n) => Array.from({ length: 120 }, (_, at) => `word${(n * 31 + at * 7) % 5000}`).join(" ");
const docs = (from, n) => Array.from({ length: n }, (_, at) => ({ _id: `note-${from + at}`, person: `p${at % 20}`, words: words(from + at) }));

async function seconds(work) {
  const begun = process.hrtime.bigint();
  await work();
  return Number(process.hrtime.bigint() - begun) / 1e9;
}

async function measure(port, n) {
  const one = new here("one"), other = new here("other"), remote = new PouchDB(`http://127.0.0.1:${port}/notes`);
  await one.bulkDocs(docs(0, n));
  const push = await seconds(() => one.replicate.to(remote));
  const pull = await seconds(() => other.replicate.from(remote));
  const idle = [];
  for (let turn = 0; turn < 7; turn++) idle.push(await seconds(() => other.replicate.from(remote)));
  await one.bulkDocs(docs(n, 100));
  await one.replicate.to(remote);
  const hundred = await seconds(() => other.replicate.from(remote));
  idle.sort((a, b) => a - b);
  console.log(JSON.stringify({ push: n / push, pull: n / pull, idle: idle[3], hundred }));
}

if (role === "server") serve();
else {
  const server = fork(__filename, [folder, "server", "0"], { stdio: ["ignore", "ignore", "inherit", "ipc"] });
  server.on("message", async (port) => {
    try {
      await measure(port, Number(count));
    } finally {
      server.kill();
    }
  });
}
