const {
  accessSync,
  closeSync,
  constants,
  openSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} = require('node:fs')
const Module = require('node:module')
const {dirname} = require('node:path')
const vm = require('node:vm')

/** So many runs add to the cache what they had to compile: no single one needs all of the program. */
const learningRuns = 5

/**
 * Requires one CommonJS file, with what V8 made of it in earlier runs: half of a short run is compiling. The cache lies
 * beside the file: whoever may write there may write the program, too. `use`: what this run is for; each has its own
 * cache, as reading what is compiled takes time, too.
 *
 * Node's own cache (module.enableCompileCache) keeps less of what is compiled while the program runs: with it a run takes
 * half as long again. It is for where nothing can be written beside the file.
 */
function load(file, use) {
  const path = `${file}.${use}.${process.version}-${process.arch}.v8`
  const cacheSize = sizeOf(path, file)
  const requireFrom = Module.createRequire(file)
  if (cacheSize === 0 && !isWritable(dirname(file)) && Module.enableCompileCache) {
    Module.enableCompileCache()
    return requireFrom(file)
  }
  const {source, found} = read(file, path, cacheSize)
  const script = new vm.Script(source, {filename: file, cachedData: found?.code})
  const loaded = new Module(file)
  loaded.filename = file
  requireFrom.cache[file] = loaded
  script.runInThisContext().call(loaded.exports, loaded.exports, requireFrom, loaded, file, dirname(file))
  loaded.loaded = true
  const used = script.cachedDataRejected === false ? found : {code: Buffer.of(), runs: 0}
  if (used.runs < learningRuns) process.once('exit', () => store(path, script, used))
  return loaded.exports
}

/** Of the cache, in bytes; 0 without one. V8 compares lengths only: one that is older than its file is of another file. */
function sizeOf(path, file) {
  try {
    const {mtimeMs, size} = statSync(path)
    return mtimeMs < statSync(file).mtimeMs ? 0 : size
  } catch {
    return 0
  }
}

/**
 * The program as a function of what a CommonJS module is given, and its cache, whose last byte counts the runs. Memory
 * that is written to for the first time costs more than what is done in it: so both are read into the same, one behind
 * the other, and the program is put into its function there. V8 would copy all of it to add a word to the string.
 */
function read(file, path, cacheSize) {
  const [before, after] = Module.wrap('\0').split('\0')
  const size = statSync(file).size
  const room = Buffer.allocUnsafeSlow(Math.max(before.length + size + after.length, cacheSize))
  room.write(before)
  const end = before.length + fill(room, file, before.length, size)
  // It is plain ASCII, which is taken without decoding it.
  const source = room.toString('latin1', 0, end + room.write(after, end))
  if (cacheSize === 0) return {source}
  try {
    const bytes = room.subarray(0, fill(room, path, 0, cacheSize))
    return {source, found: {code: bytes.subarray(0, -1), runs: bytes.at(-1)}}
  } catch {
    // Another run has just taken it away.
    return {source}
  }
}

/** Reads so many bytes of a file to a place in the room; how many these were. */
function fill(room, file, at, size) {
  const descriptor = openSync(file)
  try {
    let count = 0
    for (let more = -1; more !== 0 && count < size; count += more) {
      more = readSync(descriptor, room, at + count, size - count, null)
    }
    return count
  } finally {
    closeSync(descriptor)
  }
}

function store(path, script, {code, runs}) {
  const aside = `${path}.${process.pid}`
  try {
    const compiled = script.createCachedData()
    // A long run forgets what it does not need any more.
    const more = compiled.length > code.length ? compiled : code
    writeFileSync(aside, Buffer.concat([more, Buffer.of(runs + 1)]))
    renameSync(aside, path)
  } catch {
    // A full disk, or a folder that has become read-only: the next run compiles again.
    rmSync(aside, {force: true})
  }
}

function isWritable(folder) {
  try {
    accessSync(folder, constants.W_OK)
    return true
  } catch {
    return false
  }
}

module.exports = {load}
