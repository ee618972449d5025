/** So often it is looked whether what is waited for has come. */
const looks = 20

/**
 * Acts when this program has waited for so many milliseconds; the function that is returned ends the waiting. While the
 * program itself computes, nothing it waits for can reach it: such a time counts as one look, however long it was.
 */
export function afterWaiting(milliseconds: number, act: () => void): () => void {
  let left = looks
  const timer = setInterval(() => {
    left -= 1
    if (left > 0) return
    clearInterval(timer)
    act()
  }, milliseconds / looks)
  return () => clearInterval(timer)
}
