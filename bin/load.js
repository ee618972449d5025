import {readFileSync, renameSync, rmSync, statSync, writeFileSync} from 'node:fs'
import module, {createRequire} from 'node:module'
import {dirname} from 'node:path'
import vm from 'node:vm'

/**
 * Requires one CommonJS file, with what V8 made of it in an earlier run: half of a short run is compiling.
 * Node does that itself from 22.8 on. Before, the cache lies beside the file, if that can be written: whoever may write
 * there may write the program, too. `use`: what this run is for; each has its own cache, as reading what is compiled
 * takes time, too.
 */
export function load(file, use) {
  const require = createRequire(file)
  if (module.enableCompileCache) {
    module.enableCompileCache()
    return require(file)
  }
  const cache = `${file}.${use}.${process.version}-${process.arch}.v8`
  // It is plain ASCII, which is read without decoding it.
  const script = new vm.Script(module.wrap(readFileSync(file, 'latin1')), {
    filename: file,
    cachedData: cachedData(cache, file),
  })
  const loaded = new module.Module(file)
  loaded.filename = file
  require.cache[file] = loaded
  script.runInThisContext().call(loaded.exports, loaded.exports, require, loaded, file, dirname(file))
  loaded.loaded = true
  if (script.cachedDataRejected !== false) process.once('exit', () => store(cache, script))
  return loaded.exports
}

/** V8 compares lengths only: a cache that is older than its file is of another file. */
function cachedData(cache, file) {
  try {
    if (statSync(cache).mtimeMs < statSync(file).mtimeMs) return undefined
    return readFileSync(cache)
  } catch {
    return undefined
  }
}

function store(cache, script) {
  const aside = `${cache}.${process.pid}`
  try {
    writeFileSync(aside, script.createCachedData())
    renameSync(aside, cache)
  } catch {
    // A package that cannot be written to, or a full disk: the next run compiles again.
    rmSync(aside, {force: true})
  }
}
