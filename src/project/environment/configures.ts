/** Files in which a program reads what it is configured with: an error there ends it. By their names. */
export const configures = (path: string): boolean =>
  /(?:^|\/)(?:config|settings)\/[\w-]+\.\w+$|(?:^|\/)(?:main|\w*config\w*|settings|env|environment)\.\w+$/.test(path)
