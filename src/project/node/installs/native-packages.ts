/** Packages with a native part, or a program, that their install script fetches or builds: from their own package.json and READMEs. */
const names = new Set(
  `better-sqlite3 sqlite3 bcrypt argon2 canvas sharp node-rdkafka isolated-vm re2 libpq zeromq serialport onnxruntime-node
  @tensorflow/tfjs-node duckdb ibm_db couchbase mediasoup wrtc hnswlib-node deasync node-sass grpc ffmpeg-static
  youtube-dl-exec chromedriver geckodriver puppeteer nodegit muhammara lz4 snappy kerberos mongodb-client-encryption
  @discordjs/opus node-expat libxmljs libxmljs2 gl @confluentinc/kafka-javascript`.split(/\s+/),
)

/** The first version that needs its script no more: its native part comes in the package, or in packages of its own. */
const withoutScriptFrom: Readonly<Record<string, string>> = {
  bcrypt: '6.0.0',
  argon2: '0.40.0',
  sharp: '0.33.0',
  snappy: '7.0.0',
  zeromq: '6.3.0',
  serialport: '10.0.0',
  oracledb: '6.0.0',
}

export function needsItsScript(name: string, version: string): boolean {
  if (!names.has(name)) return false
  const from = Object.hasOwn(withoutScriptFrom, name) ? withoutScriptFrom[name] : undefined
  return from === undefined || isBefore(version, from)
}

/** Of these, what holds one binary for the C library of the system on which they were installed. */
const ofOneSystem = new Set(
  `better-sqlite3 sqlite3 bcrypt argon2 canvas node-rdkafka isolated-vm re2 libpq deasync kerberos lz4 snappy nodegit
  @discordjs/opus node-expat libxmljs libxmljs2 gl duckdb node-sass hnswlib-node`.split(/\s+/),
)

/** Whether its native part loads on no other system than that of the install: glibc's on musl, or the other way round. */
export const isOfOneSystem = (name: string, version: string): boolean =>
  ofOneSystem.has(name) && needsItsScript(name, version)

/**
 * What has a binary for glibc alone, and no sources that its install script would compile: their releases (onnxruntime-node
 * bin/, uWebSockets.js "only supports glibc", TensorFlow's libtensorflow, @roamhq/wrtc-linux-x64).
 */
const ofGlibc: ReadonlySet<string> = new Set([
  'onnxruntime-node',
  'uWebSockets.js',
  '@tensorflow/tfjs-node',
  '@roamhq/wrtc',
])

/** Whether its native part loads on glibc alone, wherever it is installed. */
export const isOfGlibc = (name: string): boolean => ofGlibc.has(name)

function isBefore(version: string, other: string): boolean {
  const [a, b] = [version, other].map((each) => each.split('.').map((part) => Number.parseInt(part, 10)))
  const index = [0, 1, 2].find((at) => a?.[at] !== b?.[at])
  return index !== undefined && (a?.[index] ?? 0) < (b?.[index] ?? 0)
}
