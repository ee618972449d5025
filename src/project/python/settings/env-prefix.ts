/** What stands before the names of the variables of a settings class of pydantic: `env_prefix` of model_config or of its class Config. */
export const envPrefix = (source: string): string =>
  /env_prefix["']?\s*[=:]\s*["']([^"'\n]*)["']/.exec(source)?.[1] ?? ''
