/** Where builds write to that run before a deploy. */
const builds: readonly {command: RegExp; writes: RegExp}[] = [
  {
    command: /\bcargo (?:build|zigbuild|leptos build)\b/,
    writes: /(?:^|\/)target\/(?:[\w.-]+\/)?(?:release|debug)\/[^/]+$/,
  },
  {
    command: /\b(?:npm|pnpm|yarn|bun|turbo|nx)\b[^\n]{0,200}\bbuild\b|\b(?:vite|astro|next) build\b/,
    writes: /(?:^|\/)(?:dist|build|out|\.output|\.next)(?:\/|$)/,
  },
  {command: /\b(?:gradlew?|mvnw?)\b/, writes: /\.[jw]ar$/},
  {command: /\bdotnet publish\b/, writes: /(?:^|\/)(?:publish|out)(?:\/|$)/},
]

/** Whether one of the commands in a text is a build that writes to such a place. */
export const isBuilt = (path: string, commands: string): boolean =>
  builds.some(({command, writes}) => writes.test(path) && command.test(commands))
