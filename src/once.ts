/** The same function, which works out its answer for each argument once. */
export function once<K, V>(work: (key: K) => V): (key: K) => V {
  const answers = new Map<K, V>()
  return (key) => {
    if (!answers.has(key)) answers.set(key, work(key))
    return answers.get(key) as V
  }
}

/** The same for what is worked out of an object, kept as long as that is. */
export function onceOf<K extends object, V>(work: (key: K) => V): (key: K) => V {
  const answers = new WeakMap<K, V>()
  return (key) => {
    if (!answers.has(key)) answers.set(key, work(key))
    return answers.get(key) as V
  }
}
