/** NO_COLOR wins; FORCE_COLOR=0 is no. */
export const useColor = (stream: NodeJS.WriteStream): boolean => {
  const {NO_COLOR, FORCE_COLOR} = process.env
  if (NO_COLOR) return false
  return FORCE_COLOR ? !/^(0|false)$/.test(FORCE_COLOR) : Boolean(stream.isTTY)
}
