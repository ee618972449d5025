/** Files in which a program reads what it is configured with: an error there ends it. By their names. */
export const configures = (path: string): boolean =>
  /(?:^|\/)(?:config|settings)\/[\w-]{1,255}\.\w+$|(?:^|\/)(?:main|\w{0,100}config\w{0,100}|settings|env|environment)\.\w+$/.test(
    path,
  )
