/** Where a server listens and how it runs, as `--port $PORT` and `0.0.0.0:$PORT`. */
const words =
  /\s(?:(?:-p|--port|-b|--bind|-h|--host|-w|--workers|--threads|-t|--timeout|--graceful-timeout|--keep-alive|--log-level|--loglevel|--concurrency|-k|--worker-class|--max-requests|--root-path)(?:=|\s)|(?=[\w.[\]:]{0,100}:\?))(?:[\w.:[\]-]{0,100}\?){1,5}[\w.:-]{0,100}(?=\s|$)/g

/**
 * Whether all that decides what a command starts is known: `?` stands for what only the machines have, and the port of a
 * server says nothing of what it serves.
 */
export const isKnown = (text: string): boolean => !text.replace(words, '').includes('?')
